namespace OnnxChat.Gpt2.Export;

/// <summary>Precisions as users and files write them.</summary>
public static class ModelPrecisionNames
{
    private static readonly Dictionary<string, ModelPrecision> Precisions = new(StringComparer.Ordinal)
    {
        ["int8"] = ModelPrecision.Int8,
        ["int4"] = ModelPrecision.Int4,
        ["f16"] = ModelPrecision.Float16,
        ["f32"] = ModelPrecision.Float32,
    };

    /// <summary><c>int8</c>, <c>int4</c>, <c>f16</c> and <c>f32</c>.</summary>
    public static IReadOnlyCollection<string> All => Precisions.Keys;

    /// <summary>The name of a precision.</summary>
    public static string Name(this ModelPrecision precision) => Precisions.FirstOrDefault(pair => pair.Value == precision).Key
        ?? throw new ArgumentOutOfRangeException(nameof(precision), precision, $"Known precisions are {string.Join(", ", All)}.");

    /// <summary>The precision of a name.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static ModelPrecision Parse(string name) => Precisions.TryGetValue(name, out var precision)
        ? precision
        : throw new ArgumentException($"'{name}' is no precision; known are {string.Join(", ", All)}.", nameof(name));
}
