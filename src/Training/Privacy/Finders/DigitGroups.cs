using System.Text.RegularExpressions;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>Digits in groups with a space or hyphen between, as people write long numbers.</summary>
internal static partial class DigitGroups
{
    /// <summary>
    /// Pieces of whole groups for which a check holds. A check may hold by chance for a number with another beside it, so
    /// a single group counts first, then groups of four digits, then whatever is longest.
    /// </summary>
    public static IEnumerable<(int Start, int Length)> Find(string text, int least, int most, Func<string, bool> check)
    {
        foreach (Match run in Runs().Matches(text))
        {
            var groups = Groups().Matches(run.Value);
            var taken = new bool[groups.Count];
            foreach (var (first, last) in Pieces(groups, least, most, check))
            {
                if (taken.AsSpan(first, last - first + 1).Contains(true))
                    continue;
                taken.AsSpan(first, last - first + 1).Fill(true);
                yield return (run.Index + groups[first].Index, groups[last].Index + groups[last].Length - groups[first].Index);
            }
        }
    }

    private static IEnumerable<(int First, int Last)> Pieces(MatchCollection groups, int least, int most, Func<string, bool> check)
    {
        var pieces = new List<(int First, int Last, int Digits)>();
        for (var first = 0; first < groups.Count; first++)
        {
            var digits = "";
            for (var last = first; last < groups.Count && digits.Length <= most; last++)
            {
                digits += groups[last].Value;
                if (digits.Length >= least && digits.Length <= most && check(digits))
                    pieces.Add((first, last, digits.Length));
            }
        }

        return pieces
            .OrderByDescending(piece => piece.First == piece.Last)
            .ThenByDescending(piece => Enumerable.Range(piece.First, piece.Last - piece.First).All(i => groups[i].Length == 4))
            .ThenByDescending(piece => piece.Digits)
            .Select(piece => (piece.First, piece.Last));
    }

    [GeneratedRegex("[0-9]+(?:[ -][0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Runs();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Groups();
}
