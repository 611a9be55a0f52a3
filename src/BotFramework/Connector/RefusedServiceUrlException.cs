namespace Microsoft.Bot.Connector;

/// <summary>A service URL that the bot does not answer to.</summary>
internal sealed class RefusedServiceUrlException(string message) : InvalidOperationException(message);
