using System.Diagnostics;

namespace OnnxChat.BotHost.Tests.Publishing;

/// <summary>A published host as a process of its own, on a free port of this machine. It says little, so its output fits the pipe.</summary>
internal sealed class PublishedHost : IDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process _process;

    private PublishedHost(Process process) => _process = process;

    /// <summary>Starts the program in the folder and waits until it listens.</summary>
    public static async Task<(PublishedHost Host, Uri Address)> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "OnnxChat.BotHost.exe" : "OnnxChat.BotHost");
        var start = new ProcessStartInfo(program, ["--urls", "http://127.0.0.1:0", "--OnnxChat:Turns:Store=None"])
        {
            // Not its own folder: it must find its files by itself.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
        };

        var host = new PublishedHost(Process.Start(start)!);
        try
        {
            return (host, await host.AddressAsync(cancellationToken));
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<Uri> AddressAsync(CancellationToken cancellationToken)
    {
        var said = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            said.Add(line);
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
                return new Uri(line[(at + Listening.Length)..].Trim());
        }

        throw new InvalidOperationException($"The published host ended without listening:\n{string.Join('\n', said)}");
    }
}
