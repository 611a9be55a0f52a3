using System.Text.Json;

namespace OnnxChat.Gpt2.Checkpoints.SafeTensors;

/// <summary>Reads the JSON header of a safetensors file token by token, so that a large one is never held as a tree.</summary>
/// <remarks>https://github.com/huggingface/safetensors#format</remarks>
internal static class SafeTensorsHeader
{
    private const int MaximumTensors = 100_000;

    public static List<SafeTensorsEntry> Read(CheckpointFile file, ReadOnlySpan<byte> header)
    {
        try
        {
            var reader = new Utf8JsonReader(header);
            return ReadTensors(file, ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what a string that is not valid Unicode gives.
            throw new CheckpointException(
                file.Path, $"the file is damaged: its safetensors header is not valid JSON ({exception.Message}).", "Copy or download the file again.", exception);
        }
    }

    private static List<SafeTensorsEntry> ReadTensors(CheckpointFile file, ref Utf8JsonReader reader)
    {
        var entries = new List<SafeTensorsEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!names.Add(name))
                throw file.Damaged($"its header has '{name}' twice");
            if (names.Count > MaximumTensors)
                throw file.Refused($"its header has more than {MaximumTensors} tensors.", "Save the model without what is not a weight.");
            if (name == "__metadata__")
                reader.Skip();
            else
                entries.Add(ReadTensor(file, name, ref reader));
        }

        // Anything after the closing brace but blanks is an error that the reader reports.
        reader.Read();
        return entries;
    }

    private static SafeTensorsEntry ReadTensor(CheckpointFile file, string name, ref Utf8JsonReader reader)
    {
        CheckpointElementType? elementType = null;
        long[]? shape = null;
        long[]? offsets = null;
        Expect(file, name, reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "dtype": elementType = ReadElementType(file, name, ref reader); break;
                case "shape": shape = ReadLengths(file, name, TensorLayout.MaximumRank, ref reader); break;
                case "data_offsets": offsets = ReadLengths(file, name, 2, ref reader); break;
                default: throw file.Damaged($"its header has '{property}' for '{name}', which the format does not know");
            }
        }

        Expect(file, name, elementType is not null && shape is not null && offsets is { Length: 2 });
        return new SafeTensorsEntry(name, elementType!.Value, shape!, offsets![0], offsets[1]);
    }

    private static CheckpointElementType ReadElementType(CheckpointFile file, string name, ref Utf8JsonReader reader)
    {
        Expect(file, name, reader.TokenType == JsonTokenType.String);
        return reader.GetString() switch
        {
            "F64" => CheckpointElementType.F64,
            "F32" => CheckpointElementType.F32,
            "F16" => CheckpointElementType.F16,
            "BF16" => CheckpointElementType.BF16,
            "I64" => CheckpointElementType.I64,
            "I32" => CheckpointElementType.I32,
            "I16" => CheckpointElementType.I16,
            "I8" => CheckpointElementType.I8,
            "U8" => CheckpointElementType.U8,
            "BOOL" => CheckpointElementType.Bool,
            var other => throw file.Refused($"tensor '{name}' is of type '{other}', which is not read.", "Convert it to F32, F16 or BF16 before saving."),
        };
    }

    private static long[] ReadLengths(CheckpointFile file, string name, int limit, ref Utf8JsonReader reader)
    {
        var values = new List<long>();
        Expect(file, name, reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            Expect(file, name, values.Count < limit && reader.TryGetInt64(out var value) && value >= 0);
            values.Add(reader.GetInt64());
        }

        Expect(file, name, reader.TokenType == JsonTokenType.EndArray);
        return [.. values];
    }

    private static void Expect(CheckpointFile file, string name, bool condition)
    {
        if (!condition)
            throw file.Damaged(
                $"its header describes '{name}' wrongly; a tensor has a dtype, a shape of at most {TensorLayout.MaximumRank} lengths, and two data_offsets");
    }
}
