namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>Where a tensor's elements lie in a file; known to be inside its storage, and the storage inside the file.</summary>
internal sealed class TensorLayout
{
    /// <summary>PyTorch allows more, a GPT-2 needs 4 (the attention mask); anything longer is a damaged file.</summary>
    public const int MaximumRank = 8;

    private TensorLayout(CheckpointFile file, CheckpointElementType elementType, long[] shape, long[] strides, long start, long elements, long span)
    {
        File = file;
        ElementType = elementType;
        Shape = shape;
        Strides = strides;
        Start = start;
        Elements = elements;
        Span = span;
    }

    public CheckpointFile File { get; }

    public CheckpointElementType ElementType { get; }

    public long[] Shape { get; }

    /// <summary>In elements, one for each dimension.</summary>
    public long[] Strides { get; }

    /// <summary>Byte offset of the first element in the file.</summary>
    public long Start { get; }

    public long Elements { get; }

    /// <summary>Elements of the storage from the first to the last one that the tensor names, both included.</summary>
    public long Span { get; }

    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected)
                    return false;
                expected *= Shape[axis];
            }

            return true;
        }
    }

    /// <summary>A tensor whose elements lie row after row from the storage's first byte.</summary>
    public static TensorLayout Contiguous(StorageRegion storage, string name, CheckpointElementType elementType, long[] shape)
    {
        var strides = new long[shape.Length];
        Int128 step = 1;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = (long)step;
            step = Int128.Min(step * shape[axis], long.MaxValue);
        }

        return Create(storage, name, elementType, 0, shape, strides);
    }

    /// <summary>Checks a tensor against its storage.</summary>
    /// <exception cref="CheckpointException">It reaches outside the storage, or repeats it.</exception>
    public static TensorLayout Create(
        StorageRegion storage, string name, CheckpointElementType elementType, long offset, long[] shape, long[] strides)
    {
        var file = storage.File;
        if (shape.Length != strides.Length || shape.Length > MaximumRank)
            throw file.Damaged($"tensor '{name}' has {shape.Length} dimensions and {strides.Length} strides, the limit is {MaximumRank}");
        if (offset < 0 || shape.Any(length => length < 0) || strides.Any(stride => stride < 0))
            throw file.Damaged($"tensor '{name}' has a negative offset, length or stride");

        var size = ElementTypes.Size(elementType);
        var available = storage.Bytes / size;
        Int128 elements = 1;
        Int128 last = offset;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            elements = Int128.Min(elements * shape[axis], long.MaxValue);
            last = Int128.Min(last + (Int128)Math.Max(0, shape[axis] - 1) * strides[axis], long.MaxValue);
        }

        if (elements == 0)
            return new TensorLayout(file, elementType, shape, strides, storage.Start, 0, 0);
        if (last >= available)
            throw file.Damaged($"tensor '{name}' [{string.Join(", ", shape)}] reaches element {last} of a storage of {available}");
        if (elements > available)
            throw file.Refused(
                $"tensor '{name}' [{string.Join(", ", shape)}] repeats its storage of {available} elements (an expanded view).",
                "Call .contiguous() on it before saving.");
        return new TensorLayout(
            file, elementType, shape, strides, storage.Start + (offset * size), (long)elements, (long)last - offset + 1);
    }
}
