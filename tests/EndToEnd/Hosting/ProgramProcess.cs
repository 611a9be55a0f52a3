using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Hosting;

/// <summary>A program and what it has printed. Disposal kills it and what it has started.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private TemporaryFolder? _data;
    private int _openOutputs = 2;

    private ProgramProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public int Id => _process.Id;

    /// <summary>What the program has printed so far, on both of its outputs.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <param name="program">A path, or a name on the PATH.</param>
    /// <param name="arguments">Not quoted.</param>
    /// <param name="environment">Variables beside those of the tests.</param>
    public static ProgramProcess Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var started = new ProgramProcess(start);
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Has the folder go away with the program.</summary>
    public ProgramProcess Owning(TemporaryFolder data)
    {
        _data = data;
        return this;
    }

    /// <summary>Waits until the program prints <paramref name="announcement"/>.</summary>
    /// <returns>What follows it on its line.</returns>
    /// <exception cref="InvalidOperationException">The program ended without.</exception>
    public async Task<string> WaitForAsync(string announcement, CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            var at = line.IndexOf(announcement, StringComparison.Ordinal);
            if (at >= 0)
                return line[(at + announcement.Length)..].Trim();
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} never said '{announcement}'. It printed:\n{Output}");
    }

    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(within, cancellationToken);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _data?.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
                _output.AppendLine(line);
            _lines.Writer.TryWrite(line);
        }
        else if (Interlocked.Decrement(ref _openOutputs) == 0)
        {
            _lines.Writer.Complete();
        }
    }
}
