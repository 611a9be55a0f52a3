namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>Which file is damaged, and where.</summary>
public enum MutationSource
{
    /// <summary>The pickle within a zip; the zip stays whole.</summary>
    Pickle,

    /// <summary>A zip, anywhere.</summary>
    Zip,

    /// <summary>The form before PyTorch 1.6, anywhere.</summary>
    Legacy,

    /// <summary>safetensors, anywhere.</summary>
    SafeTensors,

    /// <summary>An index of shards; the shard stays whole.</summary>
    Index,

    /// <summary>A <c>config.json</c>.</summary>
    Configuration,

    /// <summary>A zip that PyTorch wrote.</summary>
    FixtureZip,

    /// <summary>A file in the older form that PyTorch wrote.</summary>
    FixtureLegacy,
}
