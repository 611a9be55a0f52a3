using System.Text;
using System.Text.Json;
using OnnxChat.Evaluation;
using OnnxChat.Testing;

namespace OnnxChat.Training.Tests.EvaluationSet;

/// <summary>
/// The questions that models are measured with, and which texts are one of them or nearly so. Only numbers are told: who
/// reads them can no longer write patterns.
/// </summary>
internal sealed class EvaluationTexts
{
    private const int GramLength = 4;
    private const int LeastLettersEnglish = 12;
    private const int LeastCharactersChinese = 5;
    private const int LeastLengthForNear = 20;
    private const double NearSimilarity = 0.8;

    private readonly Dictionary<string, int> _byText = [];
    private readonly List<int> _gramCounts = [];
    private readonly Dictionary<string, List<int>> _byGram = [];

    public EvaluationTexts(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Count++;
            // Very short ones are what everybody says: greetings, "my order".
            if (!IsShort(text))
                Add(Letters(text), nearToo: text.Length > LeastLengthForNear);
        }
    }

    /// <summary>All questions.</summary>
    public int Count { get; }

    /// <summary>Those that are long enough to be told from a common phrase.</summary>
    public int Compared => _gramCounts.Count;

    public static EvaluationTexts Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Repository.Fixture("corpus", "evaluation.json")));
        return new EvaluationTexts(Texts(file.RootElement.GetProperty("en")).Concat(Texts(file.RootElement.GetProperty("zh"))).ToList());
    }

    /// <summary>Whether a text is a question of the set, or nearly.</summary>
    public bool Contains(string text)
    {
        var letters = Letters(text);
        if (_byText.ContainsKey(letters))
            return true;

        var grams = Grams(letters);
        var common = new Dictionary<int, int>();
        foreach (var number in grams.SelectMany(gram => _byGram.GetValueOrDefault(gram, [])))
            common[number] = common.GetValueOrDefault(number) + 1;
        return common.Any(found => found.Value >= NearSimilarity * (grams.Count + _gramCounts[found.Key] - found.Value));
    }

    private void Add(string letters, bool nearToo)
    {
        var number = _gramCounts.Count;
        var grams = Grams(letters);
        _byText[letters] = number;
        _gramCounts.Add(grams.Count);
        foreach (var gram in nearToo ? grams : [])
        {
            if (!_byGram.TryGetValue(gram, out var numbers))
                _byGram[gram] = numbers = [];
            numbers.Add(number);
        }
    }

    private static bool IsShort(string text) => TextLanguages.Detect(text) == TextLanguage.Chinese
        ? Letters(text).Length < LeastCharactersChinese
        : Letters(text).Count(char.IsLetter) < LeastLettersEnglish;

    private static IEnumerable<string> Texts(JsonElement topics) =>
        topics.EnumerateObject().SelectMany(topic => topic.Value.EnumerateArray().Select(text => text.GetString()!));

    private static string Letters(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(char.IsLetterOrDigit));

    private static HashSet<string> Grams(string letters) =>
        [.. Enumerable.Range(0, Math.Max(0, letters.Length - GramLength + 1)).Select(start => letters.Substring(start, GramLength))];
}
