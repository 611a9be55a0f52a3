namespace OnnxChat.Connector.Chat;

/// <summary>What of a conversation reaches a single-turn model.</summary>
/// <param name="User">The last user message.</param>
/// <param name="System">All system messages joined; null for the template's own.</param>
/// <param name="LeftOut">Earlier turns that are not sent.</param>
internal sealed record ChatRequest(string User, string? System, int LeftOut);
