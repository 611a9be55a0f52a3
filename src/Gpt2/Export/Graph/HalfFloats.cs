using System.Numerics.Tensors;

namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>Weights rounded to 16-bit floats.</summary>
internal static class HalfFloats
{
    /// <exception cref="NotSupportedException">A weight is beyond the largest 16-bit float, 65504.</exception>
    public static Half[] Of(float[] values, string name)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        var over = Array.FindIndex(halves, half => !Half.IsFinite(half));
        return over < 0
            ? halves
            : throw new NotSupportedException(
                FormattableString.Invariant($"'{name}' holds {values[over]}, and f16 nothing larger than {Half.MaxValue}. Import the model as f32 or int8."));
    }
}
