namespace OnnxChat.BotHost.OpenAI;

/// <summary>A request has a parameter that cannot be taken.</summary>
/// <param name="param">The parameter; null for the body as a whole.</param>
/// <param name="message">What is wrong, and what would be right.</param>
internal sealed class BadParameterException(string? param, string message) : Exception(message)
{
    public string? Param => param;
}
