using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.Playground;

/// <summary>Microsoft 365 Agents Playground, which stands for Teams and other channels, in front of a host.</summary>
internal sealed class PlaygroundProcess : IAsyncDisposable
{
    private readonly ProgramProcess _program;

    private PlaygroundProcess(ProgramProcess program, Uri address)
    {
        _program = program;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="host">The host's address.</param>
    /// <param name="channel">The channel to stand for, as activities name it.</param>
    /// <param name="cancellationToken">Gives up waiting for it to listen.</param>
    public static async Task<PlaygroundProcess> StartAsync(Uri host, string channel, CancellationToken cancellationToken)
    {
        var (node, script) = Requires.Playground();
        var program = ProgramProcess.Start(
            node,
            [script, "start", "--app-endpoint", new Uri(host, "api/messages").ToString(), "--channel-id", channel, "--port", "0", "--disable-telemetry"],
            ("TEAMSAPPTESTER_BROWSER", "none"),
            // What --disable-telemetry leaves on.
            ("APPLICATION_INSIGHTS_NO_STATSBEAT", "1"));
        try
        {
            return new PlaygroundProcess(program, new Uri("http://127.0.0.1:" + await program.WaitForAsync("Listening on", cancellationToken)));
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
