using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Security;

/// <summary>
/// Applies <see cref="RemoteAccess"/> twice: to each endpoint before Kestrel binds it, so that no request is served before,
/// and to the addresses that the server really listens on, whichever way they came about.
/// </summary>
internal sealed partial class RemoteAccessCheck(RemoteAccess access, IServer server, ILogger<RemoteAccessCheck> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (var address in addresses)
            access.Check(address);

        if (!access.IsAuthenticated)
        {
            if (access.IsAllowed)
                LogOpen(RemoteAccess.AllowKey);
            else
                LogLoopbackOnly(RemoteAccess.AppIdKey);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "{AppIdKey} is not set: callers are not authenticated, and the host listens on this machine only.")]
    private partial void LogLoopbackOnly(string appIdKey);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Callers are not authenticated, and {AllowKey} lets others reach the host.")]
    private partial void LogOpen(string allowKey);

    /// <summary>Hooks the check into Kestrel.</summary>
    internal sealed class Endpoints(RemoteAccess access) : IPostConfigureOptions<KestrelServerOptions>
    {
        public void PostConfigure(string? name, KestrelServerOptions options) =>
            options.ConfigureEndpointDefaults(listen => access.Check(listen.EndPoint));
    }
}
