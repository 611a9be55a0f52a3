using System.Text.RegularExpressions;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>IBANs, whole or in groups, with right check digits (ISO 13616).</summary>
internal sealed partial class IbanFinder : IPersonalDataFinder
{
    // By country, from the IBAN registry that SWIFT keeps.
    private const string Lengths =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 "
        + "HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 "
        + "QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static readonly Dictionary<string, int> LengthOf = Lengths.Split(' ').ToDictionary(country => country[..2], country => int.Parse(country.AsSpan(2), null));

    public IEnumerable<PersonalData> Find(string text)
    {
        foreach (Match match in Candidates().Matches(text))
        {
            if (Take(match.Value) is { } length)
                yield return new PersonalData(PersonalDataKind.Iban, match.Index, length);
        }
    }

    /// <summary>Whether letters and digits without spaces are an IBAN with right check digits.</summary>
    public static bool IsIban(string iban)
    {
        var upper = iban.ToUpperInvariant();
        if (upper.Length < 4 || !LengthOf.TryGetValue(upper[..2], out var length) || upper.Length != length)
            return false;
        var rest = 0;
        foreach (var character in upper[4..] + upper[..4])
            rest = char.IsAsciiDigit(character) ? ((rest * 10) + character - '0') % 97 : ((rest * 100) + character - 'A' + 10) % 97;
        return rest == 1;
    }

    // The words that follow may look like another group: as many characters are taken as the country's IBANs have.
    private static int? Take(string candidate)
    {
        var wanted = LengthOf.GetValueOrDefault(candidate[..2].ToUpperInvariant());
        var taken = 0;
        for (var i = 0; i < candidate.Length; i++)
        {
            taken += char.IsAsciiLetterOrDigit(candidate[i]) ? 1 : 0;
            if (taken == wanted)
                return IsIban(string.Concat(candidate[..(i + 1)].Where(char.IsAsciiLetterOrDigit))) ? i + 1 : null;
        }

        return null;
    }

    [GeneratedRegex("(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,34}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Candidates();
}
