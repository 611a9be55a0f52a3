using System.Text.RegularExpressions;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Texts;

/// <summary>
/// Says the same in another order and with words left out, so that a model learns which words tell questions apart and
/// not at which place they stood.
/// </summary>
internal static partial class WordNoise
{
    private const int FewestWords = 3;
    private const double LeftOut = 0.12;

    /// <param name="text">What was said.</param>
    /// <param name="share">Probability of a change, 0 to 1.</param>
    /// <param name="random">What chance comes from.</param>
    public static string Apply(string text, double share, SeededRandom random)
    {
        if (random.Chance(share / 3))
            text = Reordered(text, random);
        return random.Chance(share / 2) ? Shortened(text, random) : text;
    }

    private static string Reordered(string text, SeededRandom random)
    {
        var clauses = Clause().Matches(text).Select(match => match.Value.Trim()).Where(clause => clause.Length > 0).ToList();
        if (clauses.Count < 2)
            return text;
        var moved = random.Next(clauses.Count - 1);
        clauses.Add(clauses[moved]);
        clauses.RemoveAt(moved);
        return string.Join(text.Contains(' ', StringComparison.Ordinal) ? " " : "", clauses);
    }

    private static string Shortened(string text, SeededRandom random)
    {
        var words = text.Split(' ').ToList();
        for (var i = words.Count - 1; i >= 0 && words.Count > FewestWords; i--)
        {
            if (random.Chance(LeftOut))
                words.RemoveAt(i);
        }

        return string.Join(' ', words);
    }

    // A clause ends with its marks; a mark within a word or a number (3.5, e.g.) ends none.
    [GeneratedRegex(@".+?(?:[，。！？；]+|[,.!?;]+(?=\s)|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Clause();
}
