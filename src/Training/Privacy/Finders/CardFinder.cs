namespace OnnxChat.Training.Privacy.Finders;

/// <summary>Payment cards: 13 to 19 digits with a right check digit (ISO/IEC 7812, the formula of Luhn).</summary>
internal sealed class CardFinder : IPersonalDataFinder
{
    /// <summary>The fewest digits of a card.</summary>
    public const int Least = 13;

    /// <summary>The most digits of a card.</summary>
    public const int Most = 19;

    // What cards for payment begin with.
    private const char FirstIssuer = '2';
    private const char LastIssuer = '6';

    public IEnumerable<PersonalData> Find(string text) => DigitGroups.Find(text, Least, Most, IsCard)
        .Select(found => new PersonalData(PersonalDataKind.Card, found.Start, found.Length));

    /// <summary>Whether digits begin as a payment card's and have a right check digit.</summary>
    public static bool IsCard(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var counted = i % 2 == 0 ? digit : 2 * digit;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return sum % 10 == 0 && digits[0] is >= FirstIssuer and <= LastIssuer;
    }
}
