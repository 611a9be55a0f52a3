using System.Text.Json;

namespace OnnxChat.Gpt2.Export.Tokenizers;

/// <summary>Hugging Face's <c>tokenizer.json</c>, for byte-level BPE with GPT-2's pre-tokenizer.</summary>
internal static class TokenizerJson
{
    public static TokenizerFolder Read(string path)
    {
        var root = JsonFile.ReadObject(path);
        try
        {
            TokenizerKind.Check(root, path);
            var model = root.GetProperty("model");
            return new TokenizerFolder(ReadVocabulary(model.GetProperty("vocab")), ReadMerges(model.GetProperty("merges")), ReadAdded(root));
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"{path} is not a complete tokenizer.json: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    public static Dictionary<string, int> ReadVocabulary(JsonElement vocabulary)
    {
        var ids = new Dictionary<string, int>();
        foreach (var token in vocabulary.EnumerateObject())
        {
            if (!ids.TryAdd(token.Name, ReadId(token.Name, token.Value)))
                throw new InvalidDataException($"The token '{token.Name}' stands twice in the vocabulary. Each token may stand once.");
        }

        return ids;
    }

    public static int ReadId(string token, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id)
            ? id
            : throw new InvalidDataException($"The token '{token}' has the id {value.GetRawText()}; an id is a whole number from 0 to {int.MaxValue}.");

    public static AddedToken ReadAddedToken(JsonElement token, int id) => new(Text(token.GetProperty("content")), id)
    {
        Special = Flag(token, "special"),
        SingleWord = Flag(token, "single_word"),
        StripLeft = Flag(token, "lstrip"),
        StripRight = Flag(token, "rstrip"),
        Normalized = Flag(token, "normalized"),
    };

    public static void Write(string path, TokenizerFolder tokenizer) => JsonFile.WriteObject(path, json =>
    {
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        foreach (var token in tokenizer.AddedTokens)
            Write(json, token);
        json.WriteEndArray();
        json.WriteNull("normalizer");
        WriteByteLevel(json, "pre_tokenizer", addPrefixSpace: false);
        WritePostProcessor(json);
        WriteByteLevel(json, "decoder", addPrefixSpace: true);
        WriteModel(json, tokenizer);
    });

    private static List<TokenMerge> ReadMerges(JsonElement merges)
    {
        var read = new List<TokenMerge>(merges.GetArrayLength());
        foreach (var merge in merges.EnumerateArray())
        {
            if (merge.ValueKind == JsonValueKind.String)
                read.Add(ParseMerge(merge.GetString()!, read.Count + 1));
            else if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2)
                read.Add(new TokenMerge(Text(merge[0]), Text(merge[1])));
            else
                throw new InvalidDataException($"Merge {read.Count + 1} is {merge.GetRawText()}; a merge is \"a b\" or [\"a\", \"b\"].");
        }

        return read;
    }

    public static TokenMerge ParseMerge(string text, int number)
    {
        var parts = text.Split(' ');
        return parts is [{ Length: > 0 } left, { Length: > 0 } right]
            ? new TokenMerge(left, right)
            : throw new InvalidDataException($"Merge {number} is '{text}'; a merge is two tokens with one space between them.");
    }

    private static List<AddedToken> ReadAdded(JsonElement root)
    {
        var added = new List<AddedToken>();
        if (!root.TryGetProperty("added_tokens", out var tokens) || tokens.ValueKind == JsonValueKind.Null)
            return added;

        foreach (var token in tokens.EnumerateArray())
            added.Add(ReadAddedToken(token, ReadId(Text(token.GetProperty("content")), token.GetProperty("id"))));
        return added;
    }

    private static string Text(JsonElement value) =>
        value.GetString() ?? throw new InvalidDataException("A token is null; a token is a text.");

    private static bool Flag(JsonElement token, string name) =>
        token.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static void Write(Utf8JsonWriter json, AddedToken token)
    {
        json.WriteStartObject();
        json.WriteNumber("id", token.Id);
        json.WriteString("content", token.Content);
        json.WriteBoolean("single_word", token.SingleWord);
        json.WriteBoolean("lstrip", token.StripLeft);
        json.WriteBoolean("rstrip", token.StripRight);
        json.WriteBoolean("normalized", token.Normalized);
        json.WriteBoolean("special", token.Special);
        json.WriteEndObject();
    }

    private static void WriteByteLevel(Utf8JsonWriter json, string name, bool addPrefixSpace)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", addPrefixSpace);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", true);
        json.WriteEndObject();
    }

    /// <summary>A template that adds nothing: GPT-2 puts no token around a text.</summary>
    private static void WritePostProcessor(Utf8JsonWriter json)
    {
        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        WriteSequences(json, "single", "A");
        WriteSequences(json, "pair", "A", "B");
        json.WriteStartObject("special_tokens");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSequences(Utf8JsonWriter json, string name, params string[] sequences)
    {
        json.WriteStartArray(name);
        for (var type = 0; type < sequences.Length; type++)
        {
            json.WriteStartObject();
            json.WriteStartObject("Sequence");
            json.WriteString("id", sequences[type]);
            json.WriteNumber("type_id", type);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModel(Utf8JsonWriter json, TokenizerFolder tokenizer)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteString("continuing_subword_prefix", "");
        json.WriteString("end_of_word_suffix", "");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", false);
        json.WriteStartObject("vocab");
        foreach (var (token, id) in tokenizer.Vocabulary.OrderBy(token => token.Value))
            json.WriteNumber(token, id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var merge in tokenizer.Merges)
        {
            json.WriteStartArray();
            json.WriteStringValue(merge.Left);
            json.WriteStringValue(merge.Right);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
