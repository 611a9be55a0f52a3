using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.Crash;

/// <summary>A host that is killed and started again at its address, on its data.</summary>
internal sealed class MortalHost : IAsyncDisposable
{
    private readonly string[] _settings;
    private HostProcess _host;
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MortalHost(HostProcess host, string[] settings)
    {
        (_host, _settings, Address) = (host, settings, host.Address);
        _up.SetResult();
    }

    /// <summary>Settings under which conversations keep everything, so that all replies can be counted at the end.</summary>
    public static IReadOnlyList<string> ManyMessages { get; } =
    [
        "--OnnxChat:DirectLine:MaxActivitiesPerConversation=100000", "--OnnxChat:DirectLine:MaxBytesPerConversation=67108864", "--OnnxChat:DirectLine:MaxPendingTurns=20", "--OnnxChat:Turns:MaxMessagesPerMinute=1000000",
        // A host that dies young takes an attempt along: after four the customer would get an apology instead.
        "--OnnxChat:Turns:MaxAttempts=20",
        "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
    ];

    public Uri Address { get; }

    /// <summary>Completes when the host listens.</summary>
    public Task Up => Volatile.Read(ref _up).Task.WaitAsync(CancellationToken.None);

    public static async Task<MortalHost> StartAsync(CancellationToken cancellationToken, params string[] settings) =>
        new(await HostProcess.StartAsync(HostProcess.FreePort, cancellationToken, settings), settings);

    public async Task KillAndStartAsync(CancellationToken cancellationToken)
    {
        // Before it dies, so that nobody calls one that is dead again and again.
        Volatile.Write(ref _up, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _host.Program.Kill();
        await _host.DisposeAsync();
        _host = await HostProcess.StartAsync(Address.ToString(), cancellationToken, _settings);
        Volatile.Read(ref _up).SetResult();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
