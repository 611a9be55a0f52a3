namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>A GPT-2's weights in a checkpoint, checked against its configuration.</summary>
public sealed class Gpt2Weights : IGpt2Weights, IDisposable
{
    private readonly Checkpoint _checkpoint;
    private readonly Dictionary<string, string> _names;

    private Gpt2Weights(Checkpoint checkpoint, Gpt2Configuration configuration, Dictionary<string, string> names)
    {
        _checkpoint = checkpoint;
        _names = names;
        Configuration = configuration;
    }

    /// <inheritdoc/>
    public Gpt2Configuration Configuration { get; }

    /// <summary>
    /// Checks that every tensor is there in the right shape. Prefixes (<c>transformer.</c>, <c>module.</c>,
    /// <c>_orig_mod.</c>, <c>model.</c>) and the buffers of old versions do not matter. Weights are read only to compare
    /// a head with the embedding it is said to be tied to.
    /// </summary>
    /// <param name="checkpoint">The checkpoint; disposed with the result, or left to the caller where this throws.</param>
    /// <param name="configuration">The configuration saved with it.</param>
    /// <exception cref="CheckpointException">A tensor is missing or of another shape, or the model is no GPT-2.</exception>
    public static Gpt2Weights Open(Checkpoint checkpoint, Gpt2Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(configuration);
        return new Gpt2Weights(checkpoint, configuration, new Gpt2TensorCheck(checkpoint, configuration).Run());
    }

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The tensor holds NaN or infinity, or the file can no longer be read.</exception>
    public float[] Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_names.TryGetValue(name, out var stored))
            throw new ArgumentException($"The model has no tensor '{name}'.", nameof(name));

        var values = _checkpoint.Read(stored);
        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0
            ? values
            : throw new CheckpointException(
                _checkpoint.Path,
                $"'{stored}' is {(float.IsNaN(values[bad]) ? "NaN" : "infinite")} at index {bad} of {values.Length}.",
                "The training diverged or the file is damaged; use an earlier checkpoint.");
    }

    /// <summary>Closes the checkpoint.</summary>
    public void Dispose() => _checkpoint.Dispose();
}
