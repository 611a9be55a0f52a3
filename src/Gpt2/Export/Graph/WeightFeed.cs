namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>Hands out the weights one at a time, checked against the shape that the graph gives them.</summary>
internal sealed class WeightFeed(IGpt2Weights weights, IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
{
    private const int WeightsPerLayer = 12;
    private const int WeightsOutsideLayers = 4;

    private readonly int _total = WeightsOutsideLayers + (WeightsPerLayer * weights.Configuration.Layers)
        + (weights.Configuration.TiedHead ? 0 : 1);

    private int _read;

    public Gpt2Configuration Configuration => weights.Configuration;

    /// <exception cref="InvalidDataException">The tensor has another number of values than <paramref name="shape"/>.</exception>
    public float[] Read(string name, params long[] shape)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var values = weights.Read(name);
        var expected = shape.Aggregate(1L, (product, size) => product * size);
        if (values.Length != expected)
        {
            throw new InvalidDataException(
                $"Tensor {name} has {values.Length} values; the configuration asks for [{string.Join(", ", shape)}], which is {expected}. Use the config.json that belongs to this checkpoint.");
        }

        progress?.Report(new ExportProgress(name, ++_read, _total));
        return values;
    }
}
