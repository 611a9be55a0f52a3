using System.Globalization;
using System.Runtime.InteropServices;
using OnnxChat.Gpt2.Export.Onnx;

namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>Collects a graph's nodes and initializers; large initializers go to the external data file at once.</summary>
/// <param name="data">The external data file.</param>
/// <param name="floatType">What weights, keys, values and activations are.</param>
/// <param name="cancellationToken">Stops within a tensor.</param>
internal sealed class GraphBuilder(ExternalDataFile data, OnnxDataType floatType, CancellationToken cancellationToken)
{
    // Below this a tensor costs more as a page of its own than it saves by being mapped.
    private const int InlineBytes = 16 * 1024;

    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, OnnxTensor> _initializers = [];
    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];

    public OnnxDataType FloatType => floatType;

    public string Input(string name, OnnxDataType type, params OnnxDimension[] shape)
    {
        _inputs.Add(new OnnxValue(name, type, shape));
        return name;
    }

    public void Output(string name, OnnxDataType type, params OnnxDimension[] shape) =>
        _outputs.Add(new OnnxValue(name, type, shape));

    /// <summary>Adds an operator of ONNX itself with one output.</summary>
    /// <returns>The name of the output.</returns>
    public string Node(string operation, string[] inputs, params OnnxAttribute[] attributes)
    {
        var output = NextName(operation);
        Node(operation, inputs, output, attributes);
        return output;
    }

    /// <summary>Adds an operator of ONNX itself with one output of a given name.</summary>
    public void Node(string operation, string[] inputs, string output, params OnnxAttribute[] attributes) =>
        Add(operation, OnnxDomains.Onnx, inputs, [output], attributes);

    /// <summary>Adds an operator of ONNX Runtime with one output.</summary>
    /// <returns>The name of the output.</returns>
    public string Contributed(string operation, string[] inputs, params OnnxAttribute[] attributes)
    {
        var output = NextName(operation);
        Add(operation, OnnxDomains.Microsoft, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds an operator of ONNX Runtime with outputs of given names.</summary>
    public void Contributed(string operation, string[] inputs, string[] outputs, params OnnxAttribute[] attributes) =>
        Add(operation, OnnxDomains.Microsoft, inputs, outputs, attributes);

    /// <summary>A value that no other node has, named for the operator that makes it.</summary>
    public string NextName(string operation) => string.Create(CultureInfo.InvariantCulture, $"{operation}_{_nodes.Count}");

    /// <summary>A one-element list of integers.</summary>
    public string Constant(long value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"constant_{value}");
        _initializers.TryAdd(name, new OnnxTensor(name, OnnxDataType.Int64, [1]) { Inline = BytesOf([value]) });
        return name;
    }

    /// <summary>Adds weights as floats of the graph's type.</summary>
    /// <exception cref="NotSupportedException">One is too large for the type.</exception>
    public string Tensor(string name, float[] values, params long[] shape) => floatType == OnnxDataType.Float16
        ? Tensor<Half>(name, HalfFloats.Of(values, name), shape)
        : Tensor<float>(name, values, shape);

    public string Tensor(string name, OnnxDataType type, ExternalRange range, params long[] shape)
    {
        _initializers.Add(name, new OnnxTensor(name, type, shape) { External = range });
        return name;
    }

    public ExternalRange Store<T>(ReadOnlySpan<T> values)
        where T : unmanaged
        => data.Append(values, cancellationToken);

    public OnnxGraph Build(string name) => new(name, _nodes, [.. _initializers.Values], _inputs, _outputs);

    private string Tensor<T>(string name, T[] values, long[] shape)
        where T : unmanaged
    {
        if ((long)values.Length * Marshal.SizeOf<T>() > InlineBytes)
            return Tensor(name, floatType, Store<T>(values), shape);

        _initializers.Add(name, new OnnxTensor(name, floatType, shape) { Inline = BytesOf(values) });
        return name;
    }

    private void Add(string operation, string domain, string[] inputs, string[] outputs, OnnxAttribute[] attributes) =>
        _nodes.Add(new OnnxNode($"node_{NextName(operation)}", operation, domain, inputs, outputs, attributes));

    private static byte[] BytesOf<T>(T[] values)
        where T : unmanaged
        => MemoryMarshal.AsBytes<T>(values).ToArray();
}
