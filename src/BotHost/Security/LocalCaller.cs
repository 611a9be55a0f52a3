using System.Net;

namespace OnnxChat.BotHost.Security;

/// <summary>Whether a request comes from somebody at this machine: what needs no key is served to them only.</summary>
internal static class LocalCaller
{
    // A proxy on this machine makes everybody look local. The last two are what ASP.NET Core leaves of those that it has taken
    // the address and the name from: with ASPNETCORE_FORWARDEDHEADERS_ENABLED whoever reaches the host could say 127.0.0.1.
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "X-Original-For", "X-Original-Host"];

    public static bool Is(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !ProxyHeaders.Any(http.Request.Headers.ContainsKey)
        // A name that somebody else's DNS points here is another site's.
        && IsLocalName(http.Request.Host);

    /// <summary>Whether a request was addressed to this machine by a name that only means itself.</summary>
    public static bool IsLocalName(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether a browser sends the request for a page of another site; it does so with what the user may do here.</summary>
    public static bool IsFromAnotherSite(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site != "same-origin")
            return true;

        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
