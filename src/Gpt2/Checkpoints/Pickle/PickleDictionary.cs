namespace OnnxChat.Gpt2.Checkpoints.Pickle;

/// <summary>A <c>dict</c> or <c>OrderedDict</c>, in insertion order.</summary>
/// <remarks>
/// Weights are found by strings only. Other keys (parameter numbers in an optimizer's state) are dropped: nobody reads
/// them, and their hash codes could be chosen to collide.
/// </remarks>
internal sealed class PickleDictionary
{
    // Made on first use, so that a pickle of many empty dictionaries stays small.
    private Dictionary<string, object?>? _items;

    public IEnumerable<KeyValuePair<string, object?>> Items => _items ?? [];

    public object? this[string key] => _items is not null && _items.TryGetValue(key, out var value) ? value : null;

    public void Set(object? key, object? value)
    {
        if (key is string name)
            (_items ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
    }
}
