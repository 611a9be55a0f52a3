namespace OnnxChat.Gpt2.Export.Tokenizers;

/// <summary>The special tokens by what they do.</summary>
/// <param name="Beginning">Begins a text, and stands for what is unknown.</param>
/// <param name="End">Ends a reply.</param>
/// <param name="Padding">Fills rows.</param>
/// <param name="Ends">All that end a reply, by id.</param>
internal sealed record SpecialRoles(AddedToken Beginning, AddedToken End, AddedToken Padding, IReadOnlyList<AddedToken> Ends)
{
    /// <exception cref="InvalidDataException">No token ends a text.</exception>
    public static SpecialRoles Of(TokenizerFolder tokenizer)
    {
        var special = tokenizer.SpecialTokens.ToDictionary(token => token.Content);
        var named = tokenizer.Named;
        var endOfText = Find(CardTokens.EndOfText);
        var end = Find(CardTokens.End) ?? Find(named.End) ?? endOfText ?? throw new InvalidDataException(
            $"The tokenizer has neither '{CardTokens.End}' nor '{CardTokens.EndOfText}' nor an eos_token as a special token, so no reply could end. Add the card's tokens to it, or name eos_token in tokenizer_config.json.");
        var beginning = Find(named.Beginning) ?? endOfText ?? end;
        var padding = Find(CardTokens.Padding) ?? Find(named.Padding) ?? beginning;
        return new SpecialRoles(beginning, end, padding, [.. new[] { endOfText ?? end, end }.Distinct().OrderBy(token => token.Id)]);

        AddedToken? Find(string? content) => content is null ? null : special.GetValueOrDefault(content);
    }
}
