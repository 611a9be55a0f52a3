using OnnxChat.Training.Privacy.Finders;

namespace OnnxChat.Training.Privacy;

/// <summary>Finds all personal data of a text. Where two finds overlap, the surer one counts.</summary>
/// <param name="references">Regular expressions of the company's own numbers.</param>
/// <param name="kept">Values that are the company's, not a customer's; <c>*</c> stands for any characters.</param>
internal sealed class PersonalDataFinder(IReadOnlyList<string> references, IReadOnlyList<string> kept)
{
    private const char FirstWide = '\uff01';
    private const char LastWide = '\uff5e';
    private const int WidthDistance = FirstWide - '!';

    // Numbers with a check first, those that only look like one last.
    private readonly IPersonalDataFinder[] _finders =
    [
        new EmailFinder(), new IbanFinder(), new CardFinder(), new ResidentIdFinder(), new ReferenceFinder(references),
        new TelephoneFinder(), new BareReferenceFinder(), new AddressFinder(), new NameFinder(),
    ];

    private readonly KeptValues _kept = new(kept);

    /// <summary>What was found, from the text's beginning to its end.</summary>
    public IReadOnlyList<PersonalData> Find(string text)
    {
        var narrow = string.Create(text.Length, text, Narrow);
        var found = new List<PersonalData>();
        foreach (var data in _finders.SelectMany(finder => finder.Find(narrow)))
        {
            if (!found.Exists(data.Overlaps))
                found.Add(data);
        }

        // Only now: nothing is looked for within what is kept.
        found.RemoveAll(data => _kept.Contains(text.AsSpan(data.Start, data.Length)));
        found.Sort((left, right) => left.Start.CompareTo(right.Start));
        return found;
    }

    // Chinese keyboards write digits and Latin letters in the width of Chinese characters too. A wide comma is no decimal one.
    private static void Narrow(Span<char> narrow, string text)
    {
        for (var i = 0; i < text.Length; i++)
            narrow[i] = text[i] is >= FirstWide and <= LastWide && (char)(text[i] - WidthDistance) is var usual && usual is not (',' or ';' or '!' or '?' or ':')
                ? usual
                : text[i];
    }
}
