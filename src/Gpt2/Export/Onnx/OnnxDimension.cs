namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>A dimension that is known, or that has a name and is given by each run.</summary>
internal readonly record struct OnnxDimension
{
    private OnnxDimension(long size, string? symbol) => (Size, Symbol) = (size, symbol);

    public long Size { get; }

    public string? Symbol { get; }

    public static implicit operator OnnxDimension(long size) => new(size, null);

    public static implicit operator OnnxDimension(string symbol) => new(0, symbol);
}
