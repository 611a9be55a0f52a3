namespace Microsoft.Bot.Connector.Authentication;

/// <summary>HTTP to login services and channels.</summary>
internal static class BotHttp
{
    /// <summary>For those who bring no client: it follows no redirects, because a channel could send the bot's token elsewhere with one.</summary>
    internal static HttpClient Shared { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    /// <summary>An address that secrets go to, or keys come from: https, or this machine.</summary>
    /// <exception cref="InvalidOperationException">It is neither.</exception>
    internal static Uri Trusted(string url, string key) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? uri
            : throw new InvalidOperationException($"{key} leads to '{url}'; it must be an absolute https URL (http only on loopback).");
}
