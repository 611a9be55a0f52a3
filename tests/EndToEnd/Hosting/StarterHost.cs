using OnnxChat.EndToEnd.Hosting;

[assembly: AssemblyFixture(typeof(StarterHost))]

namespace OnnxChat.EndToEnd.Hosting;

/// <summary>One host for all tests that do not stop it.</summary>
public sealed class StarterHost : IAsyncLifetime
{
    private HostProcess? _host;

    public Uri Address => Host.Address;

    public HttpClient Http => Host.Http;

    private HostProcess Host => _host ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _host = await HostProcess.StartAsync(HostProcess.FreePort, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
