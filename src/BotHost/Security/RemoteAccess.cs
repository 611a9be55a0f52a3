using System.Net;
using Microsoft.AspNetCore.Connections;

namespace OnnxChat.BotHost.Security;

/// <summary>
/// Who may reach the host. Without a MicrosoftAppId it cannot tell a channel from anybody else, so then it listens on
/// loopback addresses only, unless the configuration says by name that the risk is taken.
/// </summary>
internal sealed class RemoteAccess(IConfiguration configuration)
{
    public const string AllowKey = "OnnxChat:AllowUnauthenticatedRemoteAccess";
    public const string AppIdKey = "MicrosoftAppId";

    public bool IsAuthenticated => !string.IsNullOrWhiteSpace(configuration[AppIdKey]);

    public bool IsAllowed => IsAuthenticated || configuration.GetValue<bool>(AllowKey);

    /// <exception cref="RemoteAccessException">The endpoint may be reached from elsewhere, and that is not allowed.</exception>
    public void Check(EndPoint endpoint)
    {
        var isLocal = endpoint switch
        {
            IPEndPoint ip => IPAddress.IsLoopback(ip.Address),
            System.Net.Sockets.UnixDomainSocketEndPoint or NamedPipeEndPoint => true,
            // Somebody else opened a file handle; nothing here says for whom.
            _ => false,
        };
        Refuse(isLocal, endpoint.ToString());
    }

    /// <summary>Checks an address as the server reports it, such as <c>http://127.0.0.1:3978</c>.</summary>
    /// <exception cref="RemoteAccessException">The address may be reached from elsewhere, and that is not allowed.</exception>
    public void Check(string address)
    {
        var binding = BindingAddress.Parse(address);
        var isLocal = binding.IsUnixPipe
            || binding.IsNamedPipe
            || binding.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(binding.Host, out var ip) && IPAddress.IsLoopback(ip));
        Refuse(isLocal, address);
    }

    private void Refuse(bool isLocal, string? address)
    {
        if (!isLocal && !IsAllowed)
        {
            throw new RemoteAccessException(
                $"The host would listen on {address}, where others can reach it, and without {AppIdKey} it cannot tell who calls. " +
                $"Set {AppIdKey} and MicrosoftAppPassword, or listen on http://localhost:3978 only, " +
                $"or set {AllowKey} to true if something in front of it keeps others out.");
        }
    }
}
