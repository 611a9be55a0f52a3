namespace OnnxChat.Gpt2.Checkpoints.Pickle;

/// <summary>A Python name in a pickle. It is a name and nothing else: it is compared, never resolved.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public string FullName => $"{Module}.{Name}";
}
