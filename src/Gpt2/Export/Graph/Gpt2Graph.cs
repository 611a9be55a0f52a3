using OnnxChat.Gpt2.Export.Onnx;

namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>
/// GPT-2 as a graph for ONNX Runtime GenAI: one attention operator a layer that keeps keys and values in a shared
/// buffer, rows padded on the right, and logits only for each row's last real token.
/// </summary>
internal sealed class Gpt2Graph(GraphBuilder graph, WeightFeed weights, IMatrixForm matrices)
{
    private readonly Gpt2Configuration _shape = weights.Configuration;
    private readonly int _headWidth = PaddedHeads.HeadWidth(weights.Configuration);
    private readonly int _attentionWidth = PaddedHeads.Width(weights.Configuration);
    private string _lastCachedPosition = "";
    private string _totalLength = "";
    private string _lastToken = "";

    public OnnxGraph Build()
    {
        var ids = graph.Input("input_ids", OnnxDataType.Int64, "batch_size", "sequence_length");
        var mask = graph.Input("attention_mask", OnnxDataType.Int64, "batch_size", "total_sequence_length");
        var positions = graph.Input("position_ids", OnnxDataType.Int64, "batch_size", "sequence_length");
        Lengths(ids, mask);

        var tokenRows = matrices.Embed(ids);
        var positionTable = graph.Tensor("wpe.weight", weights.Read("wpe.weight", _shape.Context, _shape.Width), _shape.Context, _shape.Width);
        var positionRows = graph.Node("Gather", [positionTable, positions]);

        var (normed, residual) = AddAndNormalize(tokenRows, positionRows, "h.0.ln_1");
        for (var layer = 0; layer < _shape.Layers; layer++)
            (normed, residual) = Layer(layer, normed, residual);

        Logits(normed);
        graph.Output("logits", OnnxDataType.Float, "batch_size", 1, _shape.VocabularySize);
        return graph.Build("gpt2");
    }

    /// <summary>Logits are 32-bit floats whatever the graph computes in: they are what tokens are chosen from.</summary>
    private void Logits(string normed)
    {
        const string logits = "logits";
        if (graph.FloatType == OnnxDataType.Float)
        {
            matrices.Head(normed, logits);
            return;
        }

        const string narrow = "logits_narrow";
        matrices.Head(normed, narrow);
        graph.Node("Cast", [narrow], logits, OnnxAttribute.Of("to", (long)OnnxDataType.Float));
    }

    /// <summary>What every layer's attention and the choice of the last token need, from the mask.</summary>
    private void Lengths(string ids, string mask)
    {
        var one = graph.Constant(1);
        var lastPosition = graph.Node("Sub", [graph.Node("ReduceSum", [mask, one], OnnxAttribute.Of("keepdims", 0L)), one]);
        _lastCachedPosition = ToInt32(lastPosition);
        _totalLength = ToInt32(graph.Node("Squeeze", [SecondDimension(mask)]));

        // In a prompt the last real token stands at its position; in a later step the row holds new tokens only.
        var lastOfRow = graph.Node("Sub", [SecondDimension(ids), one]);
        _lastToken = graph.Node("Min", [graph.Node("Unsqueeze", [lastPosition, one]), lastOfRow]);
    }

    private (string Normed, string Residual) Layer(int layer, string normed, string residual)
    {
        var name = $"h.{layer}";
        var attended = Attend(layer, matrices.Linear(normed, $"{name}.attn.c_attn", _shape.Width, 3 * _attentionWidth));
        var last = layer == _shape.Layers - 1;
        if (last)
            (attended, residual) = (LastToken(attended), LastToken(residual));

        var projected = matrices.Linear(attended, $"{name}.attn.c_proj", _attentionWidth, _shape.Width);
        (normed, residual) = AddAndNormalize(residual, projected, $"{name}.ln_2");

        var inner = Activate(normed, $"{name}.mlp.c_fc");
        projected = matrices.Linear(inner, $"{name}.mlp.c_proj", _shape.InnerWidth, _shape.Width);
        return AddAndNormalize(residual, projected, last ? "ln_f" : $"h.{layer + 1}.ln_1");
    }

    private string Attend(int layer, string packed)
    {
        string[] cached = [$"past_key_values.{layer}.key", $"past_key_values.{layer}.value"];
        string[] present = [$"present.{layer}.key", $"present.{layer}.value"];
        foreach (var name in cached)
            graph.Input(name, graph.FloatType, "batch_size", _shape.Heads, "past_sequence_length", _headWidth);
        foreach (var name in present)
            graph.Output(name, graph.FloatType, "batch_size", _shape.Heads, "total_sequence_length", _headWidth);

        var output = graph.NextName("GroupQueryAttention");
        graph.Contributed(
            "GroupQueryAttention",
            [packed, "", "", .. cached, _lastCachedPosition, _totalLength],
            [output, .. present],
            OnnxAttribute.Of("num_heads", (long)_shape.Heads),
            OnnxAttribute.Of("kv_num_heads", (long)_shape.Heads),
            OnnxAttribute.Of("do_rotary", 0L),
            OnnxAttribute.Of("scale", (float)_shape.AttentionScale));
        return output;
    }

    private string Activate(string normed, string name)
    {
        var inner = matrices.Linear(normed, name, _shape.Width, _shape.InnerWidth);
        return _shape.Activation switch
        {
            Gpt2Activation.GeluNew => graph.Contributed("FastGelu", [inner]),
            Gpt2Activation.Gelu => graph.Node("Gelu", [inner]),
            Gpt2Activation.Relu => graph.Node("Relu", [inner]),
            _ => throw new NotSupportedException($"The activation {_shape.Activation} has no operator; gelu_new, gelu and relu have."),
        };
    }

    /// <summary>residual + added, as it is and normalized by <paramref name="normalization"/>.</summary>
    /// <remarks>SkipLayerNormalization is one operator for both, but on the processor it is not vectorized and takes three to six times as long.</remarks>
    private (string Normed, string Residual) AddAndNormalize(string residual, string added, string normalization)
    {
        var sum = graph.Node("Add", [residual, added]);
        var normed = graph.Node(
            "LayerNormalization",
            [sum, Vector($"{normalization}.weight", _shape.Width), Vector($"{normalization}.bias", _shape.Width)],
            OnnxAttribute.Of("epsilon", (float)_shape.LayerNormEpsilon));
        return (normed, sum);
    }

    private string LastToken(string rows)
    {
        var chosen = graph.Node("GatherND", [rows, _lastToken], OnnxAttribute.Of("batch_dims", 1L));
        return graph.Node("Unsqueeze", [chosen, graph.Constant(1)]);
    }

    private string Vector(string name, int width) => graph.Tensor(name, weights.Read(name, width), width);

    private string SecondDimension(string value) =>
        graph.Node("Shape", [value], OnnxAttribute.Of("start", 1L), OnnxAttribute.Of("end", 2L));

    private string ToInt32(string value) => graph.Node("Cast", [value], OnnxAttribute.Of("to", (long)OnnxDataType.Int32));
}
