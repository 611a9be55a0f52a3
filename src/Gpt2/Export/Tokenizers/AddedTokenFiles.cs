using System.Globalization;
using System.Text.Json;

namespace OnnxChat.Gpt2.Export.Tokenizers;

/// <summary>Tokens added to a vocabulary, from the files that versions of transformers have kept them in.</summary>
internal static class AddedTokenFiles
{
    public static List<AddedToken> Read(string folder, Dictionary<string, int> vocabulary)
    {
        var added = new Dictionary<string, AddedToken>();
        if (vocabulary.TryGetValue(CardTokens.EndOfText, out var endOfText))
            added[CardTokens.EndOfText] = new AddedToken(CardTokens.EndOfText, endOfText);

        if (Open(folder, "added_tokens.json") is { } ids)
        {
            foreach (var (content, id) in TokenizerJson.ReadVocabulary(ids))
                Add(added, new AddedToken(content, id) { Special = CardTokens.InOrder.Contains(content) });
        }

        if (Open(folder, "tokenizer_config.json") is { } config && config.TryGetProperty("added_tokens_decoder", out var decoder))
        {
            foreach (var entry in decoder.EnumerateObject())
                Add(added, TokenizerJson.ReadAddedToken(entry.Value, ParseId(entry.Name)));
        }

        if (Open(folder, "special_tokens_map.json") is { } map)
        {
            foreach (var content in Contents(map))
                MarkSpecial(added, vocabulary, content);
        }

        return [.. added.Values];
    }

    private static int ParseId(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new InvalidDataException($"added_tokens_decoder in tokenizer_config.json has the id '{text}'; an id is a whole number from 0 to {int.MaxValue}.");

    private static JsonElement? Open(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? JsonFile.ReadObject(path) : null;
    }

    private static void Add(Dictionary<string, AddedToken> added, AddedToken token)
    {
        if (added.TryGetValue(token.Content, out var known) && known.Id != token.Id)
            throw new InvalidDataException($"The token '{token.Content}' has two ids, {known.Id} and {token.Id}, in the files of added tokens.");
        added[token.Content] = token with { Special = token.Special || known is { Special: true } };
    }

    /// <summary>Every token that special_tokens_map.json names: as text, as an object with its content, or in a list.</summary>
    private static IEnumerable<string> Contents(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Contents),
        JsonValueKind.Object when value.TryGetProperty("content", out var content) => Contents(content),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Contents(member.Value)),
        _ => [],
    };

    private static void MarkSpecial(Dictionary<string, AddedToken> added, Dictionary<string, int> vocabulary, string content)
    {
        if (added.TryGetValue(content, out var known))
            added[content] = known with { Special = true };
        else if (vocabulary.TryGetValue(content, out var id))
            added[content] = new AddedToken(content, id);
        else if (!CardTokens.InOrder.Contains(content))
            throw new InvalidDataException($"special_tokens_map.json names '{content}', which has no id in vocab.json or added_tokens.json. Add the file that gives its id.");
    }
}
