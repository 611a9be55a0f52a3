using System.Text;
using System.Text.RegularExpressions;

namespace OnnxChat.Connector.Tokenization;

/// <summary>Cuts text by a regular expression, as the <c>Split</c> step of a tokenizer file says.</summary>
/// <remarks>
/// The expressions are written for engines that see code points, and .NET's sees UTF-16 units. Characters beyond U+FFFF are
/// therefore shown to it as one character of the same category.
/// </remarks>
internal sealed partial class RegexSplitter
{
    // GPT-2's pre-tokenizer (encoder.py): contractions, words, numbers, punctuation, each with its leading space.
    private const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    // One of each general category, in the order of UnicodeCategory; none is of ASCII or an ideograph.
    private const string StandIns = "\u0100\u0101\u01c5\u02b0\u01bb\u0300\u0903\u0488\u0660\u2160\u00b2\u00a0\u2028\u2029\u0080\u200b\ufffd\ue000\u203f\u2010\u2045\u2046\u00ab\u00bb\u00a1\u00b1\u00a2\u00a8\u00a6\u0378";

    private readonly Regex _regex;
    private readonly SplitBehavior _behavior;
    private readonly bool _inverted;

    /// <exception cref="FormatException">The expression is none that .NET takes.</exception>
    public RegexSplitter(string pattern, SplitBehavior behavior, bool inverted = false)
    {
        try
        {
            _regex = new Regex(WithoutPossessives(pattern), RegexOptions.CultureInvariant | RegexOptions.Compiled);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"The pre-tokenizer's expression '{pattern}' is not supported: {e.Message}", e);
        }

        _behavior = behavior;
        _inverted = inverted;
    }

    public static RegexSplitter Gpt2 { get; } = new(Gpt2Pattern, SplitBehavior.Isolated);

    public IEnumerable<(int Offset, int Length)> Split(string text)
    {
        var pieces = new List<(int Offset, int Length)>();
        var (shown, offsets) = Show(text);
        var separatorBefore = false;
        foreach (var (from, to, matched) in Runs(shown))
        {
            var (start, end) = offsets is null ? (from, to) : (offsets[from], offsets[to]);
            var isSeparator = matched != _inverted;
            if (_behavior == SplitBehavior.Removed && isSeparator)
                continue;
            var joins = pieces.Count > 0 && ((_behavior == SplitBehavior.MergedWithPrevious && isSeparator && !separatorBefore)
                || (_behavior == SplitBehavior.MergedWithNext && !isSeparator && separatorBefore));
            if (joins)
                pieces[^1] = (pieces[^1].Offset, end - pieces[^1].Offset);
            else
                pieces.Add((start, end - start));
            separatorBefore = isSeparator;
        }

        return pieces;
    }

    private IEnumerable<(int From, int To, bool Matched)> Runs(string text)
    {
        var at = 0;
        for (var match = _regex.Match(text); match.Success; match = match.NextMatch())
        {
            if (match.Length == 0)
                continue;
            if (match.Index > at)
                yield return (at, match.Index, false);
            at = match.Index + match.Length;
            yield return (match.Index, at, true);
        }

        if (at < text.Length)
            yield return (at, text.Length, false);
    }

    private static (string Shown, int[]? Offsets) Show(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
            return (text, null);

        var shown = new StringBuilder(text.Length);
        var offsets = new List<int>(text.Length + 1);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            offsets.Add(at);
            shown.Append(rune.IsBmp ? (char)rune.Value : StandIns[(int)Rune.GetUnicodeCategory(rune)]);
            at += rune.Utf16SequenceLength;
        }

        offsets.Add(at);
        return (shown.ToString(), [.. offsets]);
    }

    // .NET writes a quantifier that gives nothing back as an atomic group.
    private static string WithoutPossessives(string pattern) => Atoms().Replace(pattern, m => m.Groups["possessive"].Success
        ? $"(?>{m.Groups["atom"].Value}{m.Groups["quantifier"].Value})"
        : m.Value);

    [GeneratedRegex(@"(?<atom>\[\^?\]?(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\.|[^\\\[\](){}|?*+^$])(?:(?<quantifier>[?*+])(?<possessive>\+))?")]
    private static partial Regex Atoms();
}
