namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>Reads tensors from their files, in pieces where their layout allows it.</summary>
internal static class TensorReader
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Reads all elements in row-major order.</summary>
    public static float[] Read(TensorLayout tensor, string name)
    {
        if (tensor.Elements > Array.MaxLength || (!tensor.IsContiguous && tensor.Span * ElementTypes.Size(tensor.ElementType) > Array.MaxLength))
            throw tensor.File.Refused($"tensor '{name}' has {tensor.Elements} elements, the limit is {Array.MaxLength}.", "Save a smaller model.");
        return tensor.IsContiguous ? ReadRows(tensor) : ReadStrided(tensor);
    }

    /// <summary>Whether two tensors of one shape hold the same elements.</summary>
    public static bool AreEqual(TensorLayout left, TensorLayout right, string leftName, string rightName)
    {
        if (!left.Shape.AsSpan().SequenceEqual(right.Shape))
            return false;
        if (left.File == right.File && left.Start == right.Start && left.ElementType == right.ElementType && left.Strides.AsSpan().SequenceEqual(right.Strides))
            return true;
        if (left.ElementType != right.ElementType || !left.IsContiguous || !right.IsContiguous)
            return Read(left, leftName).AsSpan().SequenceEqual(Read(right, rightName));

        var total = left.Elements * ElementTypes.Size(left.ElementType);
        var first = new byte[(int)Math.Min(PieceBytes, total)];
        var second = new byte[first.Length];
        for (long done = 0; done < total; done += first.Length)
        {
            var count = (int)Math.Min(first.Length, total - done);
            left.File.Read(left.Start + done, first.AsSpan(0, count));
            right.File.Read(right.Start + done, second.AsSpan(0, count));
            if (!first.AsSpan(0, count).SequenceEqual(second.AsSpan(0, count)))
                return false;
        }

        return true;
    }

    private static float[] ReadRows(TensorLayout tensor)
    {
        var size = ElementTypes.Size(tensor.ElementType);
        var values = new float[tensor.Elements];
        var piece = new byte[(int)Math.Min(PieceBytes, tensor.Elements * size)];
        for (var done = 0; done < values.Length; done += piece.Length / size)
        {
            var count = Math.Min(piece.Length / size, values.Length - done);
            tensor.File.Read(tensor.Start + ((long)done * size), piece.AsSpan(0, count * size));
            ElementTypes.ToSingles(tensor.ElementType, piece.AsSpan(0, count * size), values.AsSpan(done, count));
        }

        return values;
    }

    private static float[] ReadStrided(TensorLayout tensor)
    {
        var size = ElementTypes.Size(tensor.ElementType);
        var span = new byte[tensor.Span * size];
        tensor.File.Read(tensor.Start, span);

        var values = new float[tensor.Elements];
        var index = new long[tensor.Shape.Length];
        long position = 0;
        for (var done = 0; done < values.Length; done++)
        {
            values[done] = ElementTypes.ToSingle(tensor.ElementType, span.AsSpan((int)(position * size), size));
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                position += tensor.Strides[axis];
                if (++index[axis] < tensor.Shape[axis])
                    break;
                position -= tensor.Strides[axis] * tensor.Shape[axis];
                index[axis] = 0;
            }
        }

        return values;
    }
}
