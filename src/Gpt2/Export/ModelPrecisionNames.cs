namespace OnnxChat.Gpt2.Export;

/// <summary>Precisions as users and files write them.</summary>
public static class ModelPrecisionNames
{
    /// <summary><c>f32</c> or <c>int8</c>.</summary>
    public static string Name(this ModelPrecision precision) => precision switch
    {
        ModelPrecision.Float32 => "f32",
        ModelPrecision.Int8 => "int8",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Known precisions are f32 and int8."),
    };
}
