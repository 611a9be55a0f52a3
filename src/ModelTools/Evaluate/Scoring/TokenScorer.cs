using OnnxChat.Connector.Generation;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.ModelTools.Evaluate.Scoring;

/// <summary>
/// Measures how likely a model finds given tokens, stepping it as a service does: the graph gives the logits of the last
/// position only, so the tokens are handed to it one by one, those of several texts together.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="configuration">Its end and pad tokens.</param>
/// <param name="limits">Most rows of a batch, and most tokens of its cache.</param>
internal sealed class TokenScorer(ICausalModel model, GenAIConfiguration configuration, CohortLimits limits)
{
    private readonly ConfidenceMeter _meter = new();

    /// <summary>The natural log-probabilities of each text's tokens from the second on: nothing predicts the first.</summary>
    /// <param name="texts">Texts of two tokens or more, none longer than the context.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    /// <exception cref="InvalidDataException">A logit is not a number.</exception>
    public IReadOnlyList<double[]> Score(IReadOnlyList<int[]> texts, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var scores = texts.Select(text => new double[text.Length - 1]).ToArray();
        long all = texts.Sum(t => (long)t.Length), done = 0;
        foreach (var rows in Batches(texts))
        {
            ScoreTogether(rows.ConvertAll(i => texts[i]), rows.ConvertAll(i => scores[i]), read => progress.Report((double)(done + read) / all), cancellationToken);
            done += rows.Sum(i => (long)texts[i].Length);
        }

        return scores;
    }

    /// <summary>Texts of like length together, so that no row waits long for another.</summary>
    private IEnumerable<List<int>> Batches(IReadOnlyList<int[]> texts)
    {
        var alone = Enumerable.Range(0, texts.Count).ToLookup(i => EndsWithin(texts[i]));
        foreach (var index in alone[true])
            yield return [index];

        var batch = new List<int>();
        foreach (var index in alone[false].OrderBy(i => texts[i].Length))
        {
            if (batch.Count > 0 && (batch.Count == limits.Rows || (batch.Count + 1) * texts[index].Length > limits.CacheTokens))
            {
                yield return batch;
                batch = [];
            }

            batch.Add(index);
        }

        if (batch.Count > 0)
            yield return batch;
    }

    // In a batch of several, GenAI takes a row for finished after such a token; a row by itself goes on.
    private bool EndsWithin(int[] text) => text.AsSpan(..^1).Contains(configuration.PadToken) || text[..^1].Any(configuration.EndTokens.Contains);

    private void ScoreTogether(List<int[]> texts, List<double[]> scores, Action<long> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var longest = texts.Max(t => t.Length);
        using var batch = model.Start(texts.ConvertAll(t => (ReadOnlyMemory<int>)t.AsMemory(0, 1)), longest);
        var next = new int[texts.Count];
        for (var at = 1; ; at++)
        {
            for (var row = 0; row < texts.Count; row++)
            {
                if (at >= texts[row].Length)
                    continue;
                next[row] = texts[row][at];
                scores[row][at - 1] = Finite(_meter.Observe(batch.Logits(row), next[row]));
            }

            read((long)at * texts.Count);
            if (at + 1 == longest)
                return;
            cancellationToken.ThrowIfCancellationRequested();
            batch.Step(next);
        }
    }

    private static double Finite(double logProbability) => double.IsFinite(logProbability)
        ? logProbability
        : throw new InvalidDataException("The model gives logits that are not numbers; its weights are damaged. Import it again with 'onnxchat import'.");
}
