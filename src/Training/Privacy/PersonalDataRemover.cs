using System.Security.Cryptography;
using System.Text;
using OnnxChat.Evaluation;
using OnnxChat.Training.Privacy.Substitutes;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Privacy;

/// <summary>
/// Takes personal data out of samples. In what customers say an invented value of the same shape stands instead, for they
/// will type such values; in answers and instructions a word.
/// </summary>
internal sealed class PersonalDataRemover(PersonalDataFinder finder, InventedValues values)
{
    // Shorter ones may be parts of other words.
    private const int LeastCarried = 3;
    private const int KeyBytes = 32;

    public static PersonalDataRemover Create(PrivacyOptions options) => new(
        new PersonalDataFinder(options.IdPatterns, options.Keep), new InventedValues(options.Key ?? RandomNumberGenerator.GetBytes(KeyBytes)));

    /// <summary>What was replaced so far.</summary>
    public PrivacyReport Report { get; } = new();

    /// <summary>The samples of one conversation, or one sample, without personal data.</summary>
    public IEnumerable<Sample> Remove(IReadOnlyList<Sample> conversation)
    {
        var found = conversation.Select(sample => (User: finder.Find(sample.User), Assistant: finder.Find(sample.Assistant))).ToList();
        var names = conversation.Zip(found)
            .SelectMany(pair => Names(pair.First.User, pair.Second.User).Concat(Names(pair.First.Assistant, pair.Second.Assistant)))
            .Where(name => name.Length >= LeastCarried || name.Any(character => character > '\u2e7f'))
            .Distinct()
            .ToList();
        return conversation.Select((sample, i) => Remove(sample, WithNames(sample.User, found[i].User, names), WithNames(sample.Assistant, found[i].Assistant, names)));
    }

    private Sample Remove(Sample sample, IReadOnlyList<PersonalData> user, IReadOnlyList<PersonalData> assistant)
    {
        var conversation = sample.Group ?? sample.User;
        return sample with
        {
            User = Replace(sample.User, user, isAnswer: false, (kind, value, _) => values.Invent(kind, value, conversation)),
            Assistant = Replace(sample.Assistant, assistant, isAnswer: true, (kind, _, language) => Placeholders.Of(kind, language)),
            System = sample.System is { } system
                ? Replace(system, finder.Find(system), isAnswer: true, (kind, _, language) => Placeholders.Of(kind, language))
                : null,
        };
    }

    private string Replace(string text, IReadOnlyList<PersonalData> found, bool isAnswer, Func<PersonalDataKind, string, TextLanguage, string> substitute)
    {
        if (found.Count == 0)
            return text;
        var language = TextLanguages.Detect(text);
        var replaced = new StringBuilder();
        var at = 0;
        foreach (var data in found)
        {
            var value = text.Substring(data.Start, data.Length);
            Report.Add(data.Kind, language, isAnswer, value);
            replaced.Append(text, at, data.Start - at).Append(substitute(data.Kind, value, language));
            at = data.End;
        }

        return replaced.Append(text, at, text.Length - at).ToString();
    }

    private static IEnumerable<string> Names(string text, IReadOnlyList<PersonalData> found) =>
        found.Where(data => data.Kind == PersonalDataKind.Name).Select(data => text.Substring(data.Start, data.Length));

    // A name that was given once is the same person's wherever it stands in the conversation.
    private static IReadOnlyList<PersonalData> WithNames(string text, IReadOnlyList<PersonalData> found, List<string> names)
    {
        if (names.Count == 0)
            return found;
        var all = found.ToList();
        foreach (var name in names)
        {
            for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
            {
                var data = new PersonalData(PersonalDataKind.Name, at, name.Length);
                if (StandsAlone(text, data) && !all.Exists(data.Overlaps))
                    all.Add(data);
            }
        }

        return [.. all.OrderBy(data => data.Start)];
    }

    private static bool StandsAlone(string text, PersonalData data) =>
        !(IsLatinLetter(text, data.Start - 1) && IsLatinLetter(text, data.Start)) && !(IsLatinLetter(text, data.End - 1) && IsLatinLetter(text, data.End));

    private static bool IsLatinLetter(string text, int at) => at >= 0 && at < text.Length && char.IsLetter(text[at]) && text[at] < '\u2e80';
}
