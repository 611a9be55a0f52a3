using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Import;

/// <summary>An import that is killed leaves the whole result or what was there before.</summary>
public sealed class KilledImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_KilledAtAnyStage_LeavesTheOldOrTheWholeNew(bool replaces)
    {
        if (replaces)
            Assert.Equal(0, (await CommandRun.ImportTinyAsync(Checkpoint, _folder["model"], "--name", "old")).ExitCode);

        var killed = 0;
        foreach (var file in (string[])["tokenizer.json", "model.onnx.data", "model.onnx", "onnxchat.json"])
        {
            killed += await KillAsync(file) ? 1 : 0;

            if (Directory.Exists(_folder["model"]))
                await AssertWholeAsync();
            else
                Assert.False(replaces, "the folder that was there is gone");
        }

        // The first moment is long before the end.
        Assert.True(killed > 0);
        var run = await CommandRun.ImportTinyAsync(Checkpoint, _folder["model"], "--name", "new", "--force");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["model"], Directory.GetFileSystemEntries(_folder.Path).Select(f => Path.GetFileName(f)));
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Import_WhileAnotherRuns_LeavesItsTemporaryFolderAlone()
    {
        using var other = new OutputFolder(_folder["model"], replace: true);

        var run = await CommandRun.ImportTinyAsync(Checkpoint, _folder["model"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(Directory.Exists(other.Path));
    }

    private static string Checkpoint => Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors");

    private async Task AssertWholeAsync()
    {
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["model", "onnxchat.json"], TestContext.Current.CancellationToken));
        Assert.True(manifest.RootElement.GetProperty("provenance").TryGetProperty("verification", out _));
        var files = manifest.RootElement.GetProperty("files").EnumerateObject().ToList();
        Assert.Equal(files.Count + 1, Directory.GetFileSystemEntries(_folder["model"]).Length);
        Assert.All(files, file => Assert.Equal(file.Value.GetProperty("bytes").GetInt64(), new FileInfo(_folder["model", file.Name]).Length));
    }

    /// <summary>Starts an import and kills it when a file of this name stands in its temporary folder.</summary>
    /// <returns>Whether it was killed before it ended.</returns>
    private async Task<bool> KillAsync(string file)
    {
        using var watcher = new FileSystemWatcher(_folder.Path) { IncludeSubdirectories = true };
        var changes = Channel.CreateUnbounded<bool>();
        watcher.Created += (_, _) => changes.Writer.TryWrite(true);
        watcher.Changed += (_, _) => changes.Writer.TryWrite(true);
        watcher.Renamed += (_, _) => changes.Writer.TryWrite(true);
        watcher.EnableRaisingEvents = true;
        var before = Directory.GetDirectories(_folder.Path, ".model.*.tmp");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                typeof(OnnxChatCommand).Assembly.Location, "import", "--checkpoint", Checkpoint, "--config", Repository.Fixture("gpt2-tiny", "config.json"),
                "--tokenizer", Repository.Fixture("gpt2-tiny", "tokenizer"), "--output", _folder["model"], "--name", "new", "--force",
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => changes.Writer.TryComplete();
        try
        {
            await foreach (var _ in changes.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                if (Directory.GetDirectories(_folder.Path, ".model.*.tmp").Except(before).Any(folder => File.Exists(Path.Combine(folder, file))))
                    break;
            }

            return !process.HasExited;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }
}
