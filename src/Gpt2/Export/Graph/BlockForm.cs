using OnnxChat.Gpt2.Export.Onnx;

namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>
/// Matrices as integers in blocks (MatMulNBits, accuracy level 4: activations in 8 bits too). The embedding has 8 bits
/// whatever the layers have, since every logit depends on it; it is read by GatherBlockQuantized, and a tied head reads
/// the same bytes of the file.
/// </summary>
internal sealed class BlockForm : IMatrixForm
{
    private const long AccuracyLevel = 4;

    private readonly GraphBuilder _graph;
    private readonly WeightFeed _weights;
    private readonly Gpt2Configuration _shape;
    private readonly IBlockQuantizer _layers;
    private readonly Int8Quantizer _embeddings = new();
    private readonly int _rowBlock;
    private readonly Dictionary<int, int> _blocks = [];
    private ExternalRange _embedding;
    private string _embeddingScales = "";

    /// <exception cref="NotSupportedException">No block divides the width or the inner width.</exception>
    public BlockForm(GraphBuilder graph, WeightFeed weights, IBlockQuantizer layers)
    {
        (_graph, _weights, _shape, _layers) = (graph, weights, weights.Configuration, layers);
        _rowBlock = _embeddings.BlockFor(_shape.Width, "width (n_embd)");
        _blocks[_shape.InnerWidth] = layers.BlockFor(_shape.InnerWidth, "inner width (n_inner)");
        _blocks[PaddedHeads.Width(_shape)] = layers.BlockFor(PaddedHeads.Width(_shape), "width of all heads");
        _blocks[_shape.Width] = layers.BlockFor(_shape.Width, "width (n_embd)");
    }

    public string Embed(string ids)
    {
        (_embedding, _embeddingScales) = StoreRows("wte.weight");
        var rows = _graph.Tensor("wte.weight.q8", OnnxDataType.UInt8, _embedding, _shape.VocabularySize, _shape.Width);
        return _graph.Contributed(
            "GatherBlockQuantized",
            [rows, ids, _embeddingScales],
            OnnxAttribute.Of("gather_axis", 0L),
            OnnxAttribute.Of("quantize_axis", 1L),
            OnnxAttribute.Of("block_size", (long)_rowBlock),
            OnnxAttribute.Of("bits", (long)_embeddings.Bits));
    }

    public string Linear(string input, string name, int inWidth, int outWidth)
    {
        var block = _blocks[inWidth];
        var weight = $"{name}.weight";
        var rows = Conv1D.ToRows(_weights.Read(weight, inWidth, outWidth), inWidth, outWidth);
        var (range, scales) = Store(weight, rows, inWidth, block, _layers);
        var bias = $"{name}.bias";
        var output = _graph.NextName("MatMulNBits");
        // Zero points and group indices are left out.
        string[] inputs = [input, Blocks(weight, range, inWidth, outWidth, block, _layers), scales, "", "", _graph.Tensor(bias, _weights.Read(bias, outWidth), outWidth)];
        Multiply(inputs, output, inWidth, outWidth, block, _layers);
        return output;
    }

    public void Head(string input, string output)
    {
        const string name = "lm_head.weight";
        var (range, scales) = _shape.TiedHead ? (_embedding, _embeddingScales) : StoreRows(name);
        var matrix = Blocks(name, range, _shape.Width, _shape.VocabularySize, _rowBlock, _embeddings);
        Multiply([input, matrix, scales], output, _shape.Width, _shape.VocabularySize, _rowBlock, _embeddings);
    }

    private void Multiply(string[] inputs, string output, int inWidth, int outWidth, int block, IBlockQuantizer quantizer) =>
        _graph.Contributed(
            "MatMulNBits",
            inputs,
            [output],
            OnnxAttribute.Of("K", (long)inWidth),
            OnnxAttribute.Of("N", (long)outWidth),
            OnnxAttribute.Of("bits", (long)quantizer.Bits),
            OnnxAttribute.Of("block_size", (long)block),
            OnnxAttribute.Of("accuracy_level", AccuracyLevel));

    private string Blocks(string name, ExternalRange range, int inWidth, int outWidth, int block, IBlockQuantizer quantizer) =>
        _graph.Tensor($"{name}.q{quantizer.Bits}_blocks", OnnxDataType.UInt8, range, outWidth, inWidth / block, block * quantizer.Bits / 8);

    private (ExternalRange Range, string Scales) StoreRows(string name) =>
        Store(name, _weights.Read(name, _shape.VocabularySize, _shape.Width), _shape.Width, _rowBlock, _embeddings);

    private (ExternalRange Range, string Scales) Store(string name, float[] rows, int columns, int block, IBlockQuantizer quantizer)
    {
        var (values, scales) = quantizer.Quantize(rows, columns, block);
        var range = _graph.Store<byte>(values);
        return (range, _graph.Tensor($"{name}.scales", scales, rows.Length / columns, columns / block));
    }
}
