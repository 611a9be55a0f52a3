using System.Text.RegularExpressions;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>Chinese resident identity numbers (GB 11643-1999): region, date of birth, sequence, check character.</summary>
internal sealed partial class ResidentIdFinder : IPersonalDataFinder
{
    /// <summary>How many characters a number has.</summary>
    public const int Length = 18;

    private const string Checks = "10X98765432";

    public IEnumerable<PersonalData> Find(string text) => Numbers().Matches(text)
        .Where(match => IsResidentId(match.Value))
        .Select(match => new PersonalData(PersonalDataKind.ResidentId, match.Index, match.Length));

    /// <summary>Whether 18 characters have a right check character (ISO 7064, MOD 11-2).</summary>
    public static bool IsResidentId(string number)
    {
        var sum = 0;
        for (var i = 0; i < Length - 1; i++)
            sum += (number[i] - '0') * Weight(i);
        return char.ToUpperInvariant(number[^1]) == Checks[sum % Checks.Length];
    }

    // 2 to the power of the places that follow.
    private static int Weight(int place) => (1 << (Length - 1 - place)) % Checks.Length;

    [GeneratedRegex("(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
