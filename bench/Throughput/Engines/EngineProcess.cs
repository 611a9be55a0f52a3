using System.Diagnostics;
using System.Text.Json;

namespace OnnxChat.Throughput.Engines;

/// <summary>An engine in a process of its own, so that its memory is its own and it can be idle while another is measured.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private readonly Process _process;

    private readonly CancellationTokenRegistration _ending;

    private EngineProcess(EngineKind kind, Process process, CancellationToken cancellationToken)
    {
        (Kind, _process) = (kind, process);
        // A workload takes longer than a console waits for a program that is to end.
        _ending = cancellationToken.Register(process.Kill);
    }

    public EngineKind Kind { get; }

    /// <param name="kind">Which engine.</param>
    /// <param name="model">Its model: a folder or a file.</param>
    /// <param name="cancellationToken">Ends the process, whatever it is doing.</param>
    public static async Task<EngineProcess> StartAsync(EngineKind kind, string model, CancellationToken cancellationToken)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Started as 'dotnet OnnxChat.Throughput.dll', the program is the runtime.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(EngineProcess).Assembly.Location);
        foreach (var argument in new[] { "engine", kind.ToString(), model })
            start.ArgumentList.Add(argument);
        var engine = new EngineProcess(kind, Process.Start(start)!, cancellationToken);
        try
        {
            await engine.ReadAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public async Task<string> TuneAsync(Workload workload) => (await AskAsync(new EngineCommand(workload, Tune: true))).Settings!;

    public async Task<Measurement> RunAsync(Workload workload) => (await AskAsync(new EngineCommand(workload, Tune: false))).Measurement!;

    public async ValueTask DisposeAsync()
    {
        await _ending.DisposeAsync();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<EngineAnswer> AskAsync(EngineCommand command)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command));
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    private async Task<EngineAnswer> ReadAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The process of engine {Kind} ended; what it said is above.");
        var answer = JsonSerializer.Deserialize<EngineAnswer>(line)!;
        return answer.Error is null ? answer : throw new InvalidOperationException($"Engine {Kind}: {answer.Error}");
    }
}
