using System.Text.Json;

namespace OnnxChat.Connector.Tokenization;

/// <summary>What a Hugging Face <c>tokenizer.json</c> of byte pair encoding says.</summary>
internal sealed record TokenizerFile
{
    private static readonly string[] KnownDecoders = ["Sequence", "ByteLevel", "Replace", "ByteFallback", "Fuse", "Strip", "Metaspace"];

    /// <summary>Token to id; the tokens are in byte-level characters where <see cref="IsByteLevel"/>.</summary>
    public required Dictionary<string, int> Vocabulary { get; init; }

    /// <summary>Merge rules in order of rank.</summary>
    public required IReadOnlyList<(string Left, string Right)> Merges { get; init; }

    /// <summary>Tokens that stand for themselves and are never made from text.</summary>
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    /// <summary>Changes to text, in order.</summary>
    public IReadOnlyList<TextNormalizer> Normalizers { get; init; } = [];

    /// <summary>Cuts of text, in order.</summary>
    public IReadOnlyList<TextSplitter> Splitters { get; init; } = [];

    /// <summary>Whether the vocabulary is of bytes rather than characters.</summary>
    public bool IsByteLevel { get; init; }

    /// <summary>Whether a character that the vocabulary lacks becomes its bytes.</summary>
    public bool HasByteFallback { get; init; }

    /// <summary>What a character becomes that has no token; null for nothing.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>Whether unknown characters side by side are one token.</summary>
    public bool FusesUnknown { get; init; }

    /// <summary>Whether a word that is in the vocabulary is one token whatever the merges say.</summary>
    public bool IgnoresMerges { get; init; }

    /// <summary>The token that every text begins with; null for none.</summary>
    public int? BeginToken { get; init; }

    /// <exception cref="OnnxChatModelException">The file is damaged, or a tokenizer of another kind.</exception>
    public static TokenizerFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (NotSupportedException e)
        {
            throw new OnnxChatModelException($"{path} is a tokenizer that this version does not read: {e.Message} It reads byte pair encoding, byte-level or with byte fallback.", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new OnnxChatModelException($"{path} is not a tokenizer file that this version reads: {e.Message} Import the model again with 'onnxchat import', or take a tokenizer of byte pair encoding.", e);
        }
    }

    private static TokenizerFile Read(JsonElement root)
    {
        var model = root.GetProperty("model");
        if (Text(model, "type") is { } type && type != "BPE")
            throw new NotSupportedException($"its type is '{type}'.");
        RequireNone(model, "continuing_subword_prefix");
        RequireNone(model, "end_of_word_suffix");
        var isByteLevel = RefuseUnknownDecoders(Child(root, "decoder"));

        var preTokenizer = new PreTokenizerReader(Child(root, "pre_tokenizer"));
        var added = Child(root, "added_tokens") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(ReadAdded).ToList() : [];
        var controls = added.Where(t => t.IsControl).Select(t => t.Content).ToHashSet(StringComparer.Ordinal);
        return new TokenizerFile
        {
            Vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32(), StringComparer.Ordinal),
            // A rule that made a control token would make it from what somebody writes.
            Merges = [.. model.GetProperty("merges").EnumerateArray().Select(ReadMerge).Where(m => !controls.Contains(m.Left + m.Right))],
            AddedTokens = added,
            Normalizers = [.. NormalizerReader.Read(Child(root, "normalizer")), .. preTokenizer.Normalizers],
            Splitters = preTokenizer.Splitters,
            IsByteLevel = isByteLevel || preTokenizer.IsByteLevel,
            HasByteFallback = Flag(model, "byte_fallback"),
            UnknownToken = Text(model, "unk_token"),
            FusesUnknown = Flag(model, "fuse_unk"),
            IgnoresMerges = Flag(model, "ignore_merges"),
            BeginToken = ReadBegin(Child(root, "post_processor")),
        };
    }

    private static AddedToken ReadAdded(JsonElement token) => new(token.GetProperty("id").GetInt32(), token.GetProperty("content").GetString()!)
    {
        IsControl = !token.TryGetProperty("special", out var special) || special.GetBoolean(),
        StripsBefore = Flag(token, "lstrip"),
        StripsAfter = Flag(token, "rstrip"),
    };

    private static (string Left, string Right) ReadMerge(JsonElement merge)
    {
        var sides = merge.ValueKind == JsonValueKind.Array
            ? [.. merge.EnumerateArray().Select(s => s.GetString()!)]
            : (merge.GetString() ?? throw new FormatException("A merge is null.")).Split(' ');
        return sides.Length == 2 ? (sides[0], sides[1]) : throw new FormatException($"The merge {merge} has {sides.Length} sides.");
    }

    /// <returns>The token before the text in a <c>TemplateProcessing</c>.</returns>
    private static int? ReadBegin(JsonElement processor)
    {
        switch (Text(processor, "type"))
        {
            case "Sequence":
                return processor.GetProperty("processors").EnumerateArray().Select(ReadBegin).FirstOrDefault(id => id is not null);
            case "TemplateProcessing":
                return processor.GetProperty("single").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
                    && first.TryGetProperty("SpecialToken", out var token)
                    ? processor.GetProperty("special_tokens").GetProperty(token.GetProperty("id").GetString()!).GetProperty("ids")[0].GetInt32()
                    : null;
            default:
                return null;
        }
    }

    /// <returns>Whether the decoder reads bytes.</returns>
    private static bool RefuseUnknownDecoders(JsonElement decoder)
    {
        if (Text(decoder, "type") is not { } type)
            return false;
        if (!KnownDecoders.Contains(type))
            throw new NotSupportedException($"its decoder is '{type}'.");
        if (type != "Sequence")
            return type == "ByteLevel";
        List<bool> inner = [.. decoder.GetProperty("decoders").EnumerateArray().Select(RefuseUnknownDecoders)];
        return inner.Contains(true);
    }

    private static void RequireNone(JsonElement model, string name)
    {
        if (Text(model, name) is { Length: > 0 } value)
            throw new NotSupportedException($"its {name} is '{value}'.");
    }

    private static JsonElement Child(JsonElement parent, string name) => parent.TryGetProperty(name, out var child) ? child : default;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool Flag(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
