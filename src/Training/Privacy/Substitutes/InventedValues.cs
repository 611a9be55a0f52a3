using System.Text;
using OnnxChat.Training.Privacy.Finders;

namespace OnnxChat.Training.Privacy.Substitutes;

/// <summary>
/// Values of the same kind and shape that are nobody's: a card's number, an IBAN and an identity number have a wrong check
/// digit, an e-mail address is at a domain that is reserved for examples (RFC 2606).
/// </summary>
/// <param name="key">What the values depend on besides what they replace; kept nowhere.</param>
internal sealed class InventedValues(byte[] key)
{
    private static readonly string[] Domains = ["example.com", "example.org", "example.net"];
    private static readonly string[] Streets = ["Maple", "Station", "Church", "Garden", "Mill", "Park", "Hill", "Lake", "Forest", "Market"];
    private static readonly string[] ChineseStreets = ["中山路", "和平路", "建设路", "解放路", "光明街", "新华街"];

    /// <param name="kind">What the value tells.</param>
    /// <param name="value">What is replaced.</param>
    /// <param name="conversation">Within one, a value has one substitute.</param>
    public string Invent(PersonalDataKind kind, string value, string conversation)
    {
        var plain = string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        var draw = new KeyedDraw(key, conversation, kind, plain.Length > 0 ? plain : value);
        return kind switch
        {
            PersonalDataKind.Email => $"{Shape(value[..value.IndexOf('@', StringComparison.Ordinal)], 0, draw)}@{draw.Pick(Domains)}",
            PersonalDataKind.Iban => Number(value, 2, draw),
            PersonalDataKind.Card or PersonalDataKind.ResidentId => Number(value, 0, draw),
            PersonalDataKind.Telephone => Number(value, ServicePrefix(value), draw),
            PersonalDataKind.Reference => Number(value, value.TakeWhile(char.IsLetter).Count(), draw),
            PersonalDataKind.Address => Street(value, draw),
            _ => Name(value, draw),
        };
    }

    private static string Number(string value, int kept, KeyedDraw draw)
    {
        while (value.Any(char.IsLetterOrDigit))
        {
            var drawn = Shape(value, kept, draw);
            // A check digit is right by chance for one number in ten.
            if (drawn != value && !IsSomebodys(string.Concat(drawn.Where(char.IsLetterOrDigit))))
                return drawn;
            kept = Math.Min(kept, value.Count(char.IsDigit) - 1);
        }

        return value;
    }

    private static bool IsSomebodys(string plain) =>
        IbanFinder.IsIban(plain)
        || (plain.Length is >= CardFinder.Least and <= CardFinder.Most && plain.All(char.IsAsciiDigit) && CardFinder.IsCard(plain))
        || (plain.Length == ResidentIdFinder.Length && plain[..^1].All(char.IsAsciiDigit) && ResidentIdFinder.IsResidentId(plain));

    // Digits become digits, letters letters of their case; the first characters and all others stay.
    private static string Shape(string value, int kept, KeyedDraw draw)
    {
        var shaped = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            var drawn = character switch
            {
                _ when shaped.Length < kept => character,
                _ when char.IsDigit(character) => (char)('0' + draw.Next(10)),
                _ when char.IsUpper(character) => (char)('A' + draw.Next(26)),
                _ when char.IsLetter(character) => (char)('a' + draw.Next(26)),
                _ => character,
            };
            shaped.Append(drawn);
        }

        return shaped.ToString();
    }

    // The country or the network: +49, 0044, 138, 07.
    private static int ServicePrefix(string value) => value[0] == '+' ? 3 : value.StartsWith("00", StringComparison.Ordinal) ? 4 : 2;

    private static string Street(string value, KeyedDraw draw) => value.Any(IsChinese)
        ? $"{draw.Pick(ChineseStreets)}{1 + draw.Next(300)}号"
        : $"{1 + draw.Next(99)} {draw.Pick(Streets)} Street";

    private static string Name(string value, KeyedDraw draw)
    {
        if (value.Any(IsChinese))
            return draw.Pick(Names.ChineseFamily) + string.Concat(value.Skip(1).Select(_ => draw.Pick(Names.ChineseGiven)));
        var words = value.Split(' ');
        var invented = words.Select((_, i) => i == 0 ? draw.Pick(Names.Given) : draw.Pick(Names.Family));
        var name = string.Join(' ', invented);
        return value.Any(char.IsUpper) ? name : name.ToLowerInvariant();
    }

    private static bool IsChinese(char character) => character is >= '\u4e00' and <= '\u9fff';
}
