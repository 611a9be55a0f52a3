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
        var endOfText = special.GetValueOrDefault(CardTokens.EndOfText);
        var end = special.GetValueOrDefault(CardTokens.End) ?? endOfText ?? throw new InvalidDataException(
            $"The tokenizer has neither '{CardTokens.End}' nor '{CardTokens.EndOfText}' as a special token, so no reply could end. Add the card's tokens to it.");
        var beginning = endOfText ?? end;
        var padding = special.GetValueOrDefault(CardTokens.Padding) ?? beginning;
        return new SpecialRoles(beginning, end, padding, [.. new[] { beginning, end }.Distinct().OrderBy(token => token.Id)]);
    }
}
