namespace OnnxChat.EndToEnd.Crash;

/// <summary>Three hosts on one Redis server.</summary>
internal sealed class MortalHosts : IAsyncDisposable
{
    private MortalHosts(MortalHost[] all) => All = all;

    public IReadOnlyList<MortalHost> All { get; }

    public static async Task<MortalHosts> StartAsync(string redis, CancellationToken cancellationToken)
    {
        // A short lease, because the turns of a host that died wait for its end.
        string[] settings = ["--OnnxChat:Turns:Store=Redis", $"--ConnectionStrings:Redis={redis}", "--OnnxChat:Turns:LeaseDuration=00:00:02", .. MortalHost.ManyMessages];
        return new MortalHosts(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => MortalHost.StartAsync(cancellationToken, settings))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in All)
            await host.DisposeAsync();
    }
}
