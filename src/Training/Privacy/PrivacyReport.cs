using OnnxChat.Evaluation;

namespace OnnxChat.Training.Privacy;

/// <summary>How much was replaced, and some of it, masked.</summary>
internal sealed class PrivacyReport
{
    private const int MostSamples = 20;
    private const int MostSamplesOfAKind = 4;

    private readonly SortedDictionary<string, SortedDictionary<string, int>> _counts = new(StringComparer.Ordinal);
    private readonly List<PrivacySample> _samples = [];

    /// <summary>Replaced values by kind, then by language of the text; in answers apart.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, int>> Counts => _counts;

    /// <summary>Some of what was replaced, for a person to judge whether it was right.</summary>
    public IReadOnlyList<PrivacySample> Samples => _samples;

    /// <summary>All replaced values.</summary>
    public int Total => _counts.Values.Sum(languages => languages.Values.Sum());

    public void Add(PersonalDataKind kind, TextLanguage language, bool isAnswer, string value)
    {
        var name = isAnswer ? $"{NameOf(kind)}_in_answers" : NameOf(kind);
        if (!_counts.TryGetValue(name, out var languages))
            _counts[name] = languages = new SortedDictionary<string, int>(StringComparer.Ordinal);
        languages[language.Code()] = languages.GetValueOrDefault(language.Code()) + 1;
        var sample = new PrivacySample(name, Mask(value));
        if (_samples.Count < MostSamples && !_samples.Contains(sample) && _samples.Count(other => other.Kind == name) < MostSamplesOfAKind)
            _samples.Add(sample);
    }

    private static string NameOf(PersonalDataKind kind) => kind switch
    {
        PersonalDataKind.ResidentId => "resident_id",
        _ => kind.ToString().ToLowerInvariant(),
    };

    // The first letter and the shape: enough to judge by, too little to find somebody.
    private static string Mask(string value) => string.Concat(value.Select((character, i) => i > 0 && char.IsLetterOrDigit(character) ? '*' : character));
}
