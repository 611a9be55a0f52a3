using System.Text.RegularExpressions;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>Numbers that look like those of orders or accounts: behind <c>#</c>, behind letters, or longer than anybody counts.</summary>
internal sealed partial class BareReferenceFinder : IPersonalDataFinder
{
    public IEnumerable<PersonalData> Find(string text) => Numbers().Matches(text)
        .Select(match => new PersonalData(PersonalDataKind.Reference, match.Index, match.Length));

    // #48213; TH-48213, RE2026-00417; 123456789
    [GeneratedRegex("""
        (?<=\#)(?=[A-Z0-9-]*[0-9]{4})[A-Z0-9-]{4,24}(?![A-Za-z0-9])
        | (?<![A-Za-z0-9.,-])[A-Z]{1,5}-?[0-9]{4,}(?:-[0-9A-Z]+)*(?![A-Za-z0-9])
        | (?<![0-9.,])[0-9]{9,}(?![0-9])(?![.,][0-9])
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Numbers();
}
