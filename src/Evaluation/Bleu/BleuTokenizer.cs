using System.Text;
using System.Text.RegularExpressions;

namespace OnnxChat.Evaluation.Bleu;

/// <summary>Takes text apart as sacrebleu 2 does (Post, 2018, "A Call for Clarity in Reporting BLEU Scores").</summary>
public static partial class BleuTokenizer
{
    /// <summary>The tokens of <paramref name="text"/>, in order.</summary>
    public static IReadOnlyList<string> Tokenize(string text, BleuTokenization tokenization)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SplitAtSpaces(tokenization switch
        {
            BleuTokenization.International13a => SplitPunctuation($" {Unescape(text)} "),
            BleuTokenization.Chinese => SplitPunctuation(SpaceChinese(text)),
            BleuTokenization.Character => SpaceCharacters(text),
            BleuTokenization.None => text,
            _ => throw new ArgumentOutOfRangeException(nameof(tokenization), tokenization, "There is no such tokenization."),
        });
    }

    private static string Unescape(string text)
    {
        var line = text
            .Replace("<skipped>", "", StringComparison.Ordinal)
            .Replace("-\n", "", StringComparison.Ordinal)
            .Replace('\n', ' ');
        return line
            .Replace("&quot;", "\"", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal);
    }

    private static string SplitPunctuation(string text)
    {
        text = Symbols().Replace(text, " $1 ");
        text = PointAfterNonDigit().Replace(text, "$1 $2 ");
        text = PointBeforeNonDigit().Replace(text, " $1 $2");
        return DashAfterDigit().Replace(text, "$1 $2 ");
    }

    private static string SpaceChinese(string text)
    {
        var spaced = new StringBuilder(text.Length * 2);
        foreach (var character in text.EnumerateRunes())
        {
            if (IsChinese(character))
                spaced.Append(' ').Append(character).Append(' ');
            else
                spaced.Append(character);
        }

        return spaced.ToString();
    }

    private static string SpaceCharacters(string text) => string.Join(' ', text.EnumerateRunes());

    // sacrebleu's own ranges. One was meant as U+20000 to U+2A6D6; the comparison of strings there makes it the first
    // range below, which holds general punctuation and mathematical signs.
    private static bool IsChinese(Rune character) => character.Value
        is (> 0x2000 and <= 0x2a6d)
        or (>= 0x2e80 and <= 0x2fdf) or (>= 0x2ff0 and <= 0x303f)
        or (>= 0x3100 and <= 0x312f) or (>= 0x31a0 and <= 0x31bf) or (>= 0x31c0 and <= 0x31ef)
        or (>= 0x3200 and <= 0x33ff) or (>= 0x3400 and <= 0x4db5) or (>= 0x4e00 and <= 0x9fbb)
        or (>= 0xf900 and <= 0xfa2d) or (>= 0xfa30 and <= 0xfa6a) or (>= 0xfa70 and <= 0xfad9)
        or (>= 0xfe10 and <= 0xfe1f) or (>= 0xfe30 and <= 0xfe4f) or (>= 0xff00 and <= 0xffef);

    private static List<string> SplitAtSpaces(string text)
    {
        var tokens = new List<string>();
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && !IsSpace(text[at]))
            {
                if (start < 0)
                    start = at;
            }
            else if (start >= 0)
            {
                tokens.Add(text[start..at]);
                start = -1;
            }
        }

        return tokens;
    }

    // Python's white space: Unicode's and the four separators of ASCII.
    private static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    [GeneratedRegex(@"([\{-\~\[-\` -\&\(-\+\:-\@\/])")]
    private static partial Regex Symbols();

    [GeneratedRegex(@"([^0-9])([\.,])")]
    private static partial Regex PointAfterNonDigit();

    [GeneratedRegex(@"([\.,])([^0-9])")]
    private static partial Regex PointBeforeNonDigit();

    [GeneratedRegex(@"([0-9])(-)")]
    private static partial Regex DashAfterDigit();
}
