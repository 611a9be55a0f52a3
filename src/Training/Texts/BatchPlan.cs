using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Texts;

/// <summary>
/// Which texts each step sees: every epoch in another order, texts of similar length together. It depends on the seed
/// and the step alone, so a run that goes on sees what it would have seen.
/// </summary>
internal sealed class BatchPlan
{
    // Large enough for batches of equal length, small enough for their mixture to change.
    private const int BatchesSortedTogether = 20;

    private readonly IReadOnlyList<int> _lengths;
    private readonly int _size;
    private readonly int _seed;
    private List<int[]> _batches = [];
    private long _epoch = -1;

    /// <param name="lengths">Tokens of each text.</param>
    /// <param name="size">Texts of a batch.</param>
    /// <param name="seed">What chance comes from.</param>
    public BatchPlan(IReadOnlyList<int> lengths, int size, int seed)
    {
        (_lengths, _size, _seed) = (lengths, size, seed);
        BatchesPerEpoch = (lengths.Count + size - 1) / size;
    }

    public int BatchesPerEpoch { get; }

    /// <summary>The texts of a batch, by number.</summary>
    /// <param name="batch">The batch, from 0.</param>
    /// <returns>The epoch it is in, from 0, and its texts.</returns>
    public (long Epoch, int[] Texts) At(long batch)
    {
        var epoch = batch / BatchesPerEpoch;
        if (epoch != _epoch)
            (_epoch, _batches) = (epoch, Plan(epoch));
        return (epoch, _batches[(int)(batch % BatchesPerEpoch)]);
    }

    private List<int[]> Plan(long epoch)
    {
        var random = new SeededRandom(_seed, $"epoch {epoch}");
        var order = Shuffled(Enumerable.Range(0, _lengths.Count).ToArray(), random);
        // Batches are cut first and sorted within: all but the last are full.
        var batches = order.Chunk(_size * BatchesSortedTogether).SelectMany(chunk => chunk.OrderBy(text => _lengths[text]).Chunk(_size)).ToArray();
        return [.. Shuffled(batches, random)];
    }

    private static T[] Shuffled<T>(T[] items, SeededRandom random)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = random.Next(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }

        return items;
    }
}
