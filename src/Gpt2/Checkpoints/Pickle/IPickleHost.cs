namespace OnnxChat.Gpt2.Checkpoints.Pickle;

/// <summary>What a kind of pickle may name, and the data that those names stand for.</summary>
internal interface IPickleHost
{
    /// <summary>Admits a name, or throws a <see cref="CheckpointException"/> that says why not.</summary>
    void Admit(PickleGlobal global);

    /// <summary>The data that a REDUCE of an admitted name describes.</summary>
    object? Reduce(PickleGlobal global, object?[] arguments);

    /// <summary>The data that a persistent id describes.</summary>
    object ResolvePersistentId(object? id);
}
