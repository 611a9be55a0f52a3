using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OnnxChat.EndToEnd.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Redis;

/// <summary>A Redis server of the tests' own, on loopback, with its files in a folder that goes away.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Announcement = "Ready to accept connections";
    private const int Attempts = 5;

    private readonly TemporaryFolder _folder;
    private readonly string[] _settings;
    private ProgramProcess _program;
    private bool _isDead;

    private RedisServer(ProgramProcess program, int port, TemporaryFolder folder, string[] settings) => (_program, Port, _folder, _settings) = (program, port, folder, settings);

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public string Folder => _folder.Path;

    /// <summary>Starts one; the test is skipped where there is none to start.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="settings">As on the command line of redis-server.</param>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken, params string[] settings)
    {
        Requires.Redis();
        var folder = new TemporaryFolder();
        for (var attempt = 1; ; attempt++)
        {
            // The server takes no port 0; between the asking and the start another program may get this one.
            var port = FreePort();
            try
            {
                return new RedisServer(await StartAsync(port, folder, settings, cancellationToken), port, folder, settings);
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
            }
        }
    }

    /// <summary>Ends the server as a crash does.</summary>
    public async Task KillAsync()
    {
        await _program.DisposeAsync();
        _isDead = true;
    }

    /// <summary>Starts the server that was killed, with what is in its files.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _program = await StartAsync(Port, _folder, _settings, cancellationToken);
        _isDead = false;
    }

    /// <summary>Ends the server as a crash does, and starts it again with what is in its files.</summary>
    public async Task KillAndStartAsync(CancellationToken cancellationToken)
    {
        await KillAsync();
        await StartAgainAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isDead)
            await _program.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<ProgramProcess> StartAsync(int port, TemporaryFolder folder, string[] settings, CancellationToken cancellationToken)
    {
        var program = ProgramProcess.Start(
            Requires.Redis(),
            ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder.Path, "--save", "", .. settings]);
        try
        {
            await program.WaitForAsync(Announcement, cancellationToken);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
