using System.Diagnostics;
using System.Globalization;

namespace OnnxChat.Load.Hosts;

/// <summary>A host in a process of its own, with an inbox of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private HostProcess(Process process, DirectoryInfo folder, HttpClient http) => (_process, _folder, Http) = (process, folder, http);

    public HttpClient Http { get; }

    public long ResidentBytes => long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2], CultureInfo.InvariantCulture) * 1024;

    public int Handles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    public int Threads => Directory.GetDirectories($"/proc/{_process.Id}/task").Length;

    /// <summary>The database and its log.</summary>
    public long InboxBytes => _folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="processors">How many the runtime of the host may take for its own.</param>
    /// <param name="settings">As on the command line.</param>
    /// <param name="cancellationToken">Ends the wait for the host.</param>
    public static async Task<HostProcess> StartAsync(int processors, IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("onnxchat-load-");
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["host", "--urls", "http://127.0.0.1:0", $"--OnnxChat:Turns:Folder={folder.FullName}", .. settings]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = processors.ToString("X", CultureInfo.InvariantCulture);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        // As many connections as messages under way: an open loop does not wait for the answer to the one before.
        var host = new HostProcess(process, folder, new HttpClient());
        try
        {
            host.Http.BaseAddress = await ListeningAsync(process, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task<HostState> StateAsync(CancellationToken cancellationToken) => (await Http.GetFromJsonAsync<HostState>(PacedHost.State, cancellationToken))!;

    /// <summary>Waits until no turn waits or runs, or the time is over.</summary>
    public async Task<HostState> WaitForEmptyInboxAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        while (true)
        {
            var state = await StateAsync(cancellationToken);
            if (state.Waiting == 0 || Stopwatch.GetElapsedTime(started) > atMost)
                return state;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<Uri> ListeningAsync(Process process, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var at = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (at < 0)
                continue;
            // Nobody reads on, so what follows must not fill the pipe.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new Uri(line[(at + Announcement.Length)..]);
        }

        throw new InvalidOperationException("The host ended before it listened; its error is above.");
    }
}
