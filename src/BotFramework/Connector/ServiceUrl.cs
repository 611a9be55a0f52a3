namespace Microsoft.Bot.Connector;

/// <summary>Which service URLs the bot answers to.</summary>
internal static class ServiceUrl
{
    /// <summary>Takes a service URL that may be called.</summary>
    /// <remarks>A service URL comes in the request: without a token that vouches for it, it could name any machine that this one reaches.</remarks>
    /// <exception cref="RefusedServiceUrlException">It may not be called; the message says why.</exception>
    internal static Uri Accept(string serviceUrl, bool authenticated)
    {
        if (!Uri.TryCreate(serviceUrl, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw new RefusedServiceUrlException($"The serviceUrl '{Shortened(serviceUrl)}' must be an absolute http or https URL.");

        if (url.UserInfo.Length > 0)
            throw new RefusedServiceUrlException("The serviceUrl must not hold a user name or password.");

        if (url.IsLoopback)
            return url;

        if (!authenticated)
            throw new RefusedServiceUrlException($"The serviceUrl '{Shortened(serviceUrl)}' is not on this machine. Without MicrosoftAppId, only service URLs on loopback are answered; set MicrosoftAppId and MicrosoftAppPassword to talk to other channels.");

        // The request carries the bot's token.
        return url.Scheme == Uri.UriSchemeHttps
            ? url
            : throw new RefusedServiceUrlException($"The serviceUrl '{Shortened(serviceUrl)}' must be https, because the bot's token goes there.");
    }

    /// <summary>Whether two service URLs are one, up to the case of the host and a slash at the end.</summary>
    internal static bool AreSame(string one, string other) =>
        one is not null && other is not null && string.Equals(one.TrimEnd('/'), other.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private static string Shortened(string text) => text is { Length: > 100 } ? string.Concat(text.AsSpan(0, 100), "...") : text;
}
