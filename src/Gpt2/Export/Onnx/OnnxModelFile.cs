using System.Globalization;

namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>Writes a graph as an ONNX ModelProto (field numbers: onnx/onnx.proto, IR version 10).</summary>
internal static class OnnxModelFile
{
    private const int IrVersion = 10;
    private const int OnnxOpset = 21;
    private const int MicrosoftOpset = 1;
    private const int ExternalLocation = 1;

    public static void Write(string path, OnnxGraph graph, string externalDataName)
    {
        using var model = new ProtobufMessage()
            .Integer(1, IrVersion)
            .Text(2, "onnxchat")
            .Message(7, Graph(graph, externalDataName))
            .Message(8, Opset("", OnnxOpset))
            .Message(8, Opset(OnnxDomains.Microsoft, MicrosoftOpset));
        using var file = File.Create(path);
        model.CopyTo(file);
    }

    private static ProtobufMessage Opset(string domain, long version) =>
        new ProtobufMessage().Text(1, domain).Integer(2, version);

    private static ProtobufMessage Graph(OnnxGraph graph, string externalDataName)
    {
        var message = new ProtobufMessage();
        foreach (var node in graph.Nodes)
            message.Message(1, Node(node));
        message.Text(2, graph.Name);
        foreach (var tensor in graph.Initializers)
            message.Message(5, Tensor(tensor, externalDataName));
        foreach (var input in graph.Inputs)
            message.Message(11, Value(input));
        foreach (var output in graph.Outputs)
            message.Message(12, Value(output));
        return message;
    }

    private static ProtobufMessage Node(OnnxNode node)
    {
        var message = new ProtobufMessage();
        foreach (var input in node.Inputs)
            message.Text(1, input);
        foreach (var output in node.Outputs)
            message.Text(2, output);
        message.Text(3, node.Name).Text(4, node.Operator);
        foreach (var attribute in node.Attributes)
            message.Message(5, Attribute(attribute));
        if (node.Domain.Length > 0)
            message.Text(7, node.Domain);
        return message;
    }

    private static ProtobufMessage Attribute(OnnxAttribute attribute)
    {
        const int typeFloat = 1, typeInteger = 2;
        var message = new ProtobufMessage().Text(1, attribute.Name);
        return attribute.Number is { } number
            ? message.Number(2, number).Integer(20, typeFloat)
            : message.Integer(3, attribute.Integer.GetValueOrDefault()).Integer(20, typeInteger);
    }

    private static ProtobufMessage Tensor(OnnxTensor tensor, string externalDataName)
    {
        var message = new ProtobufMessage();
        foreach (var size in tensor.Shape)
            message.Integer(1, size);
        message.Integer(2, (int)tensor.Type).Text(8, tensor.Name);
        if (tensor.External is not { } range)
            return message.Bytes(9, tensor.Inline);

        return message
            .Message(13, Entry("location", externalDataName))
            .Message(13, Entry("offset", range.Offset.ToString(CultureInfo.InvariantCulture)))
            .Message(13, Entry("length", range.Length.ToString(CultureInfo.InvariantCulture)))
            .Integer(14, ExternalLocation);
    }

    private static ProtobufMessage Entry(string key, string value) => new ProtobufMessage().Text(1, key).Text(2, value);

    private static ProtobufMessage Value(OnnxValue value)
    {
        var shape = new ProtobufMessage();
        foreach (var dimension in value.Shape)
        {
            var size = new ProtobufMessage();
            shape.Message(1, dimension.Symbol is { } symbol ? size.Text(2, symbol) : size.Integer(1, dimension.Size));
        }

        var tensorType = new ProtobufMessage().Integer(1, (int)value.Type).Message(2, shape);
        return new ProtobufMessage().Text(1, value.Name).Message(2, new ProtobufMessage().Message(1, tensorType));
    }
}
