namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>What a function, filter or test is called with.</summary>
internal sealed record JinjaArguments(IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    public static JinjaArguments None { get; } = new([], new Dictionary<string, object?>());

    /// <summary>An argument by place or name; undefined where it is not given.</summary>
    public object? Get(int place, string name) =>
        place < Positional.Count ? Positional[place] : Named.TryGetValue(name, out var value) ? value : new JinjaUndefined(name);

    /// <summary>An argument that is text; null where it is not given or none.</summary>
    public string? Text(int place, string name) => Get(place, name) switch
    {
        null or JinjaUndefined => null,
        MarkedText text => text.Characters,
        var other => throw new JinjaException($"the argument {name} is {JinjaValue.TypeName(other)}, not text"),
    };

    /// <summary>A whole number; <paramref name="otherwise"/> where it is not given.</summary>
    public int Number(int place, string name, int otherwise) => Get(place, name) is long number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : otherwise;
}
