namespace Microsoft.Bot.Builder;

/// <summary>The rest of the middleware, and the bot.</summary>
public delegate Task NextDelegate(CancellationToken cancellationToken);
