using System.Text;
using Google.Protobuf;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>
/// Rewrites a graph of an import into one like other exporters write: logits for every position, not only for each row's
/// last (ONNX's <c>onnx.proto</c>).
/// </summary>
internal static class UnprunedGraph
{
    private const int GraphField = 7;
    private const int NodeField = 1;
    private const int OutputField = 12;
    private const int InputNames = 1;
    private const int OutputNames = 2;
    private const int OperatorField = 4;

    public static void Write(string path)
    {
        var model = Fields(File.ReadAllBytes(path));
        var at = model.FindIndex(f => f.Number == GraphField);
        model[at] = model[at] with { Content = WithoutChoice(model[at].Content) };
        File.WriteAllBytes(path, Bytes(model));
    }

    private static byte[] WithoutChoice(byte[] graph)
    {
        var fields = Fields(graph);
        // A choice is two nodes: GatherND takes each row's last position, Unsqueeze gives the dimension back.
        var source = new Dictionary<string, string>();
        fields.RemoveAll(field =>
        {
            if (field.Number != NodeField)
                return false;
            var node = Fields(field.Content);
            var first = Text(node, InputNames);
            if (Text(node, OperatorField) != "GatherND" && !(Text(node, OperatorField) == "Unsqueeze" && source.ContainsKey(first)))
                return false;
            source[Text(node, OutputNames)] = source.GetValueOrDefault(first, first);
            return true;
        });
        Assert.Equal(4, source.Count);
        return Bytes(fields.ConvertAll(field => field.Number switch
        {
            NodeField => field with { Content = Rewire(field.Content, source) },
            OutputField when Text(Fields(field.Content), 1) == "logits" => field with { Content = WithoutShape(field.Content) },
            _ => field,
        }));
    }

    private static byte[] Rewire(byte[] node, Dictionary<string, string> source) => Bytes(Fields(node).ConvertAll(field =>
        field.Number == InputNames && source.TryGetValue(Encoding.UTF8.GetString(field.Content), out var other)
            ? field with { Content = Encoding.UTF8.GetBytes(other) }
            : field));

    /// <summary>Leaves of an output's type the kind of its elements.</summary>
    private static byte[] WithoutShape(byte[] output) => Bytes(Fields(output).ConvertAll(field => field.Number != 2 ? field : field with
    {
        Content = Bytes(Fields(field.Content).ConvertAll(type => type with
        {
            Content = Bytes([.. Fields(type.Content).Where(f => f.Number == 1)]),
        })),
    }));

    private static string Text(List<Field> fields, int number) =>
        fields.Find(f => f.Number == number) is { } field ? Encoding.UTF8.GetString(field.Content) : "";

    private static List<Field> Fields(byte[] message)
    {
        var fields = new List<Field>();
        using var input = new CodedInputStream(message);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.LengthDelimited => new Field(tag, input.ReadBytes().ToByteArray(), 0),
                WireFormat.WireType.Fixed32 => new Field(tag, [], input.ReadFixed32()),
                WireFormat.WireType.Fixed64 => new Field(tag, [], input.ReadFixed64()),
                _ => new Field(tag, [], input.ReadUInt64()),
            });
        }

        return fields;
    }

    private static byte[] Bytes(List<Field> fields)
    {
        using var memory = new MemoryStream();
        using var output = new CodedOutputStream(memory);
        foreach (var field in fields)
        {
            output.WriteTag(field.Tag);
            switch (WireFormat.GetTagWireType(field.Tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    output.WriteBytes(ByteString.CopyFrom(field.Content));
                    break;
                case WireFormat.WireType.Fixed32:
                    output.WriteFixed32((uint)field.Value);
                    break;
                case WireFormat.WireType.Fixed64:
                    output.WriteFixed64(field.Value);
                    break;
                default:
                    output.WriteUInt64(field.Value);
                    break;
            }
        }

        output.Flush();
        return memory.ToArray();
    }

    private sealed record Field(uint Tag, byte[] Content, ulong Value)
    {
        public int Number => WireFormat.GetTagFieldNumber(Tag);
    }
}
