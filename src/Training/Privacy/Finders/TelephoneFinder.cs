using System.Text.RegularExpressions;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>Telephone numbers in the forms that can be told from other numbers, and shorter ones after a cue.</summary>
internal sealed partial class TelephoneFinder : IPersonalDataFinder
{
    private const int LeastInternational = 7;
    private const int LeastNational = 9;
    private const int LeastAfterCue = 5;
    private const int Most = 15;

    public IEnumerable<PersonalData> Find(string text) =>
        Numbers(International().Matches(text), LeastInternational)
            .Concat(Numbers(Chinese().Matches(text), LeastNational))
            .Concat(Numbers(American().Matches(text), LeastNational))
            .Concat(Numbers(National().Matches(text), LeastNational))
            .Concat(Numbers(AfterCue().Matches(text), LeastAfterCue));

    private static IEnumerable<PersonalData> Numbers(IEnumerable<Match> matches, int least) => matches
        .Select(match => match.Groups["number"])
        .Where(number => number.Value.Count(char.IsAsciiDigit) is var digits && digits >= least && digits <= Most && !OrdinaryNumbers.IsDate(number.Value))
        .Select(number => new PersonalData(PersonalDataKind.Telephone, number.Index, number.Length));

    // +49 (0)30 1234-567, 0049 30 1234567
    [GeneratedRegex(@"(?<![0-9A-Za-z+:.,])(?<number>(?:\+|00)[1-9][0-9]{0,2}(?:[ ./-]{0,2}(?:\([0-9]{1,5}\)|[0-9]{1,14})){1,7})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex International();

    // 138 1234 5678, 010-12345678, 400-123-4567
    [GeneratedRegex(@"(?<![0-9])(?<number>1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|0[0-9]{2,3}[ -][0-9]{7,8}|[48]00[ -][0-9]{3}[ -]?[0-9]{4})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Chinese();

    // (212) 555-0123, 212-555-0123, 1-212-555-0123
    [GeneratedRegex(@"(?<![0-9])(?<number>(?:1[ .-])?(?:\([0-9]{3}\) ?|[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex American();

    // 030/1234567, 07700 900123, 06 12 34 56 78; a date has fewer digits.
    [GeneratedRegex(@"(?<![0-9.,:/-])(?<number>\(?0[0-9]{1,5}\)?(?:[ ./-]{0,3}[0-9]{2,9}){1,5})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex National();

    [GeneratedRegex("""
        (?:
          (?<![a-z])(?:phone|tel|telephone|mobile|cell|whatsapp|call(?:\ me)?(?:\ back)?|reach\ me|text\ me|ring\ me) (?:\ ?(?:number|no|nr))? \.? (?:\ is|\ at|\ on|:|=)* \ *
        |
          (?:电话|手机|联系方式) 号?码? (?:是|为|:|：)* \ *
        )
        (?<number>[0-9]{2,}(?:[ ./-][0-9]{2,}){0,5})
        (?![0-9:])
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AfterCue();
}
