namespace OnnxChat.Gpt2.Export.Tokenizers;

/// <summary>What must hold of a tokenizer before a model may be written with it.</summary>
internal static class TokenizerRules
{
    /// <returns>Every token with its id.</returns>
    /// <exception cref="InvalidDataException">A rule is broken; the message names the token and the rule.</exception>
    public static Dictionary<string, int> Check(
        IReadOnlyDictionary<string, int> vocabulary, IReadOnlyList<TokenMerge> merges, IReadOnlyList<AddedToken> addedTokens)
    {
        CheckAlphabet(vocabulary);
        CheckMerges(vocabulary, merges);

        var ids = vocabulary.ToDictionary();
        var added = new HashSet<string>();
        foreach (var token in addedTokens)
        {
            if (!added.Add(token.Content))
                throw new InvalidDataException($"The token '{token.Content}' stands twice among the added tokens. Each may stand once.");
            Add(ids, token);
        }

        CheckIds(ids);
        return ids;
    }

    private static void CheckAlphabet(IReadOnlyDictionary<string, int> vocabulary)
    {
        for (var value = 0; value < ByteAlphabet.Letters.Count; value++)
        {
            if (!vocabulary.ContainsKey(ByteAlphabet.Letters[value]))
            {
                throw new InvalidDataException(
                    $"The vocabulary has no token for the byte 0x{value:X2} ('{ByteAlphabet.Letters[value]}'), so it is not byte-level or not complete. Use the tokenizer that the checkpoint was trained with; it must be byte-level BPE.");
            }
        }
    }

    private static void CheckMerges(IReadOnlyDictionary<string, int> vocabulary, IReadOnlyList<TokenMerge> merges)
    {
        for (var i = 0; i < merges.Count; i++)
        {
            foreach (var part in (ReadOnlySpan<string>)[merges[i].Left, merges[i].Right, merges[i].Joined])
            {
                if (!vocabulary.ContainsKey(part))
                {
                    throw new InvalidDataException(
                        $"Merge {i + 1} joins '{merges[i].Left}' and '{merges[i].Right}', but the vocabulary has no token '{part}'. Vocabulary and merges must come from one tokenizer.");
                }
            }
        }
    }

    private static void Add(Dictionary<string, int> ids, AddedToken token)
    {
        if (ids.TryAdd(token.Content, token.Id) || ids[token.Content] == token.Id)
            return;

        throw new InvalidDataException(
            $"The token '{token.Content}' has two ids, {ids[token.Content]} and {token.Id}. Keep the one that the embedding was trained with.");
    }

    private static void CheckIds(Dictionary<string, int> ids)
    {
        var tokens = new string?[ids.Count];
        foreach (var (token, id) in ids)
        {
            if (id < 0 || id >= tokens.Length)
            {
                throw new InvalidDataException(
                    $"The token '{token}' has the id {id}, outside 0 to {tokens.Length - 1}: the {tokens.Length} tokens must have the ids from 0 on without a gap. Restore the missing tokens, or the file that holds them (added_tokens.json).");
            }

            if (tokens[id] is { } other)
                throw new InvalidDataException($"The tokens '{other}' and '{token}' both have the id {id}. Each id may stand once.");
            tokens[id] = token;
        }
    }
}
