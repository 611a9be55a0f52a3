using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Prepare.Cleaning;

/// <summary>
/// Tells which samples repeat an earlier one: the same question, or one that is nearly the same and has the same answer.
/// The work grows with the number of samples, not with its square.
/// </summary>
internal sealed class DuplicateFilter(double similarity)
{
    // Phrases that very many samples share do not make the search long.
    private const int MostCompared = 32;

    private readonly MinHash _minHash = new();
    private readonly Dictionary<(string, string?), string> _answers = [];
    private readonly Dictionary<(ulong, string), List<uint[]>> _similar = [];

    public Duplication Check(Sample sample)
    {
        var question = SampleText.Key(sample.User);
        var answer = sample.Topic ?? SampleText.Key(sample.Assistant);
        if (!_answers.TryAdd((question, sample.System), answer))
            return _answers[(question, sample.System)] == answer ? Duplication.Equal : Duplication.Contradicting;
        if (similarity >= 1)
            return Duplication.None;

        var shingles = Shingles.Of(question);
        var buckets = _minHash.Keys(shingles).Select(key => Bucket((key, answer + '\n' + sample.System))).ToList();
        if (buckets.Exists(bucket => bucket.Exists(other => Shingles.Similarity(shingles, other) > similarity)))
            return Duplication.Near;
        foreach (var bucket in buckets.Where(bucket => bucket.Count < MostCompared))
            bucket.Add(shingles);
        return Duplication.None;
    }

    private List<uint[]> Bucket((ulong, string) key)
    {
        if (!_similar.TryGetValue(key, out var bucket))
            _similar[key] = bucket = [];
        return bucket;
    }
}
