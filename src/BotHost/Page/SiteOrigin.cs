using System.Buffers;

namespace OnnxChat.BotHost.Page;

/// <summary>A web site as browsers name it: scheme, host and port. Goes into headers as it is, so nothing else gets through.</summary>
internal static class SiteOrigin
{
    private const string AnySubdomain = "*.";
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-:[]");

    public static bool IsValid(string origin)
    {
        var at = origin.IndexOf("://", StringComparison.Ordinal);
        if (at < 0)
            return false;
        // A site's name has a dot; a star before less than that would let everybody in.
        var host = origin[(at + 3)..];
        var isWild = host.StartsWith(AnySubdomain, StringComparison.Ordinal);
        if (isWild)
            host = host[AnySubdomain.Length..];
        return Uri.TryCreate($"{origin[..at]}://{host}", UriKind.Absolute, out var uri)
            && uri.GetLeftPart(UriPartial.Authority) == $"{origin[..at]}://{host}"
            && uri.UserInfo.Length == 0
            && !host.AsSpan().ContainsAnyExcept(HostCharacters)
            && (!isWild || (uri.HostNameType == UriHostNameType.Dns && uri.Host.Contains('.', StringComparison.Ordinal)))
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
    }
}
