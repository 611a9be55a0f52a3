namespace OnnxChat.Gpt2.Checkpoints.Torch;

/// <summary>A tensor as a pickle names it: a view of a storage, not yet checked against it.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Places the tensor in the file.</summary>
    public TensorLayout Place(string name, StorageRegion region)
    {
        if (Offset > long.MaxValue - Storage.ViewOffset)
            throw region.File.Damaged($"tensor '{name}' starts outside its storage");
        return TensorLayout.Create(region, name, Storage.ElementType, Offset + Storage.ViewOffset, Shape, Strides);
    }
}
