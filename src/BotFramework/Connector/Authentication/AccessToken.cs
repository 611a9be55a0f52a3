namespace Microsoft.Bot.Connector.Authentication;

/// <summary>An access token and how long it lasts from when it was asked for.</summary>
internal sealed record AccessToken(string Value, TimeSpan Lifetime);
