using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Fixtures;

/// <summary>The fixture model imported in both precisions, once for all tests.</summary>
public sealed class TinyModels : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string FolderOfFloats => _folder["f32"];

    public string FolderOfBytes => _folder["int8"];

    public async ValueTask InitializeAsync()
    {
        var checkpoint = Repository.Fixture("gpt2-tiny", "checkpoints", "pytorch_model.bin");
        foreach (var (folder, precision) in new[] { (FolderOfFloats, "f32"), (FolderOfBytes, "int8") })
        {
            var run = await CommandRun.ImportTinyAsync(checkpoint, folder, "--precision", precision);
            Assert.True(run.ExitCode == 0, run.Error);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
