using OnnxChat.Gpt2.Export.Onnx;

namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>Matrices as floats of the graph's type; a tied head reads the embedding's own rows.</summary>
internal sealed class FloatForm(GraphBuilder graph, WeightFeed weights) : IMatrixForm
{
    private readonly Gpt2Configuration _shape = weights.Configuration;
    private string _embedding = "";

    public string Embed(string ids)
    {
        _embedding = Rows("wte.weight");
        return graph.Node("Gather", [_embedding, ids]);
    }

    public string Linear(string input, string name, int inWidth, int outWidth)
    {
        var weight = $"{name}.weight";
        var matrix = graph.Tensor(weight, weights.Read(weight, inWidth, outWidth), inWidth, outWidth);
        var product = graph.Node("MatMul", [input, matrix]);
        var bias = $"{name}.bias";
        return graph.Node("Add", [product, graph.Tensor(bias, weights.Read(bias, outWidth), outWidth)]);
    }

    public void Head(string input, string output)
    {
        var rows = _shape.TiedHead ? _embedding : Rows("lm_head.weight");
        graph.Contributed("FusedMatMul", [input, rows], [output], OnnxAttribute.Of("transB", 1L));
    }

    private string Rows(string name) =>
        graph.Tensor(name, weights.Read(name, _shape.VocabularySize, _shape.Width), _shape.VocabularySize, _shape.Width);
}
