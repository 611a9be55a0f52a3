using System.Diagnostics;
using System.Globalization;
using OnnxChat.Messages.Servers;

namespace OnnxChat.Messages.Bots;

/// <summary>A bot in a process of its own.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly Process _process;
    private DirectoryInfo? _folder;

    private BotProcess(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="services">What the host has around it.</param>
    /// <param name="store">Where it keeps messages.</param>
    /// <param name="processors">How many processors its runtime takes for its own; 0 for all.</param>
    /// <param name="cancellationToken">Ends the wait for the host.</param>
    public static async Task<BotProcess> StartHostAsync(ChannelServices services, string store, int processors, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("onnxchat-messages-");
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                "host", "--urls", "http://127.0.0.1:0", $"--OnnxChat:Turns:Store={store}", $"--OnnxChat:Turns:Folder={folder.FullName}",
                // The load is what is measured, not what keeps it off.
                "--OnnxChat:Turns:MaxMessagesPerMinute=1000000", "--OnnxChat:Turns:MaxWaitingTurns=1000000", "--OnnxChat:Turns:MaxWaitingInConversation=100000",
            ]);
        if (processors > 0)
            start.Environment["DOTNET_PROCESSOR_COUNT"] = processors.ToString("X", CultureInfo.InvariantCulture);
        try
        {
            var bot = await StartAsync("OnnxChat's bot host", start, services, cancellationToken);
            bot._folder = folder;
            return bot;
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public static Task<BotProcess> StartEchoAsync(ChannelServices services, string packages, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Bots", "echo.js")]);
        start.Environment["NODE_PATH"] = Path.Combine(packages, "node_modules");
        start.Environment["NODE_ENV"] = "production";
        return StartAsync("JavaScript SDK's echo bot", start, services, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder?.Delete(recursive: true);
    }

    private static async Task<BotProcess> StartAsync(string name, ProcessStartInfo start, ChannelServices services, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        foreach (var (key, value) in services.BotConfiguration)
            start.Environment[key] = value;
        var bot = new BotProcess(name, Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start."));
        try
        {
            bot.Address = await bot.ListeningAsync(cancellationToken);
            return bot;
        }
        catch
        {
            await bot.DisposeAsync();
            throw;
        }
    }

    private async Task<Uri> ListeningAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var at = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (at < 0)
                continue;
            // Nobody reads on, so what follows must not fill the pipe.
            _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new Uri(line[(at + Announcement.Length)..]);
        }

        throw new InvalidOperationException($"{Name} ended before it listened; its error is above.");
    }
}
