namespace OnnxChat.Gpt2.Checkpoints.Pickle;

/// <summary>The stack and the memo of a pickle, bounded in what they take.</summary>
internal sealed class PickleStack(CheckpointFile file)
{
    /// <summary>Values and memo entries together; a GPT-2 of 48 layers with its optimizer has about 60,000.</summary>
    private const int MaximumObjects = 500_000;

    private static readonly object Marker = new();
    private readonly List<object?> _values = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _objects;

    public void Push(object? value)
    {
        Count();
        _values.Add(value);
    }

    public void PushMark() => Push(Marker);

    public object? Peek()
    {
        if (_values.Count == 0 || ReferenceEquals(_values[^1], Marker))
            throw file.Damaged("its pickle takes a value from an empty stack");
        return _values[^1];
    }

    public object? Pop()
    {
        var value = Peek();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    public T Pop<T>(string expected)
        where T : class => Pop() as T ?? throw file.Damaged($"its pickle has something else where {expected} must be");

    public T Peek<T>(string expected)
        where T : class => Peek() as T ?? throw file.Damaged($"its pickle has something else where {expected} must be");

    public object?[] Pop(int count)
    {
        var values = new object?[count];
        for (var index = count - 1; index >= 0; index--)
            values[index] = Pop();
        return values;
    }

    public object?[] PopToMark()
    {
        var mark = _values.FindLastIndex(value => ReferenceEquals(value, Marker));
        if (mark < 0)
            throw file.Damaged("its pickle closes a group that it never opened");
        var values = _values.GetRange(mark + 1, _values.Count - mark - 1).ToArray();
        _values.RemoveRange(mark, _values.Count - mark);
        return values;
    }

    public void Memoize() => Memoize((uint)_memo.Count);

    public void Memoize(uint index)
    {
        Count();
        _memo[index] = Peek();
    }

    public void PushMemo(uint index) =>
        Push(_memo.TryGetValue(index, out var value) ? value : throw file.Damaged($"its pickle recalls value {index}, which it never stored"));

    private void Count()
    {
        if (++_objects > MaximumObjects)
            throw file.Refused(
                $"its pickle has more than {MaximumObjects} values, the limit.", "Save the weights alone: torch.save(model.state_dict(), path), or safetensors.");
    }
}
