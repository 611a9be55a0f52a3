namespace OnnxChat.Connector.Prompting;

/// <summary>A prompt that leaves room for a reply.</summary>
/// <param name="Tokens">Its tokens.</param>
/// <param name="TurnsLeftOut">Turns that are no part of it.</param>
/// <param name="TokensLeftOut">Tokens by which the last user's text was cut.</param>
internal sealed record FittedPrompt(int[] Tokens, int TurnsLeftOut, int TokensLeftOut);
