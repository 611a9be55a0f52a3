using System.Text.RegularExpressions;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>Streets with house numbers, in the English, German and Chinese forms that can be told from other text.</summary>
internal sealed partial class AddressFinder : IPersonalDataFinder
{
    public IEnumerable<PersonalData> Find(string text) => Streets().Matches(text)
        .Select(match => new PersonalData(PersonalDataKind.Address, match.Index, match.Length));

    // 12 Baker Street; Lindenstraße 12a; 人民路12号3栋501室
    [GeneratedRegex("""
        (?<![0-9A-Za-z.,])[0-9]{1,5}[a-z]?,?\ (?:[A-ZÀ-Þ][\w'’.-]+\ ){1,3}
          (?:[Ss]treet|[Ss]t|[Rr]oad|[Rr]d|[Aa]venue|[Aa]ve|[Ll]ane|[Dd]rive|[Cc]lose|[Ss]quare|[Cc]ourt|[Bb]oulevard|[Bb]lvd|[Tt]errace|[Gg]ardens|[Cc]rescent|[Hh]ighway)(?!\w)
        | (?<!\w)[A-ZÀ-Þ][\w-]*(?:straße|strasse|str\.|weg|gasse|allee|platz)\ ?[0-9]{1,4}[a-z]?(?!\w)
        | [\u4e00-\u9fff]{2,6}(?:路|街|大道|巷|胡同|弄)[0-9]{1,5}[号弄](?:[0-9A-Za-z]{1,4}(?:号楼|栋|幢|单元|楼|室|号)){0,4}
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Streets();
}
