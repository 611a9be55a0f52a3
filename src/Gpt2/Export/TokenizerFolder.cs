using OnnxChat.Gpt2.Export.Tokenizers;

namespace OnnxChat.Gpt2.Export;

/// <summary>A byte-level BPE tokenizer as files: GPT-2's own, or one trained the same way.</summary>
public sealed class TokenizerFolder
{
    private readonly Dictionary<string, int> _ids;

    /// <param name="vocabulary">Tokens in the byte-level alphabet, with their ids.</param>
    /// <param name="merges">Merge rules, the first learned first.</param>
    /// <param name="addedTokens">Tokens found as a whole; each is in <paramref name="vocabulary"/> with the same id, or has an id of its own.</param>
    /// <exception cref="InvalidDataException">Ids are not 0, 1, 2 and so on, each once; a merge names an unknown token; or the alphabet lacks a byte.</exception>
    public TokenizerFolder(
        IReadOnlyDictionary<string, int> vocabulary, IReadOnlyList<TokenMerge> merges, IReadOnlyList<AddedToken> addedTokens)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(merges);
        ArgumentNullException.ThrowIfNull(addedTokens);
        Vocabulary = vocabulary;
        Merges = merges;
        AddedTokens = [.. addedTokens.OrderBy(token => token.Id)];
        _ids = TokenizerRules.Check(vocabulary, merges, AddedTokens);
    }

    /// <summary>Tokens of the byte-pair encoding, in the byte-level alphabet, with their ids.</summary>
    public IReadOnlyDictionary<string, int> Vocabulary { get; }

    /// <summary>Merge rules, the first to apply first.</summary>
    public IReadOnlyList<TokenMerge> Merges { get; }

    /// <summary>Tokens found as a whole, by id.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; }

    /// <summary>The control tokens among <see cref="AddedTokens"/>, by id.</summary>
    public IEnumerable<AddedToken> SpecialTokens => AddedTokens.Where(token => token.Special);

    /// <summary>How many ids there are: the rows that an embedding must have at least.</summary>
    public int Count => _ids.Count;

    /// <summary>What <see cref="WithCardTokens"/> gave a new id, in that order; empty where nothing was missing.</summary>
    public IReadOnlyList<AddedToken> NewTokens { get; private init; } = [];

    /// <summary>What the files name for beginning, end and padding.</summary>
    internal NamedTokens Named { get; private set; } = NamedTokens.None;

    /// <summary>
    /// Reads <c>tokenizer.json</c>, or where there is none <c>vocab.json</c> and <c>merges.txt</c> with
    /// <c>added_tokens.json</c>, <c>special_tokens_map.json</c> and <c>tokenizer_config.json</c> beside them.
    /// </summary>
    /// <exception cref="FileNotFoundException">The folder has neither.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or contradicts itself or another.</exception>
    /// <exception cref="NotSupportedException">It is another kind of tokenizer than byte-level BPE.</exception>
    public static TokenizerFolder Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var json = Path.Combine(folder, "tokenizer.json");
        var tokenizer = File.Exists(json) ? TokenizerJson.Read(json) : VocabularyFiles.Read(folder);
        tokenizer.Named = NamedTokens.Read(folder);
        return tokenizer;
    }

    /// <summary>Finds a token's id, added or not.</summary>
    public bool TryGetId(string token, out int id) => _ids.TryGetValue(token, out id);

    /// <summary>
    /// The same tokenizer with the card's tokens: those that are there keep their ids and become special, those that
    /// are missing follow the highest id in the card's order.
    /// </summary>
    public TokenizerFolder WithCardTokens()
    {
        var added = AddedTokens.ToDictionary(token => token.Content);
        var fresh = new List<AddedToken>();
        foreach (var content in CardTokens.InOrder)
        {
            if (added.TryGetValue(content, out var known))
                added[content] = known with { Special = true };
            else if (_ids.TryGetValue(content, out var id))
                added[content] = new AddedToken(content, id);
            else
                fresh.Add(new AddedToken(content, Count + fresh.Count));
        }

        return new TokenizerFolder(Vocabulary, Merges, [.. added.Values, .. fresh]) { NewTokens = fresh, Named = Named };
    }

    /// <summary>Writes <c>tokenizer.json</c> and <c>tokenizer_config.json</c>; the same tokenizer gives the same bytes.</summary>
    public void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        TokenizerJson.Write(Path.Combine(folder, "tokenizer.json"), this);
        TokenizerConfig.Write(Path.Combine(folder, "tokenizer_config.json"), this);
    }
}
