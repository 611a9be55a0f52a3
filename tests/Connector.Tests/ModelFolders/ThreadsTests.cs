using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.ModelFolders;

public sealed class ThreadsTests
{
    private const int SmallModelBytes = 16 << 20;

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void ThreadsFor_WeightsAroundTheLimit_OneUpToIt(int beyond, bool isSmall)
    {
        using var files = new TemporaryFolder();
        using (var weights = File.Create(files["model.onnx.data"]))
            weights.SetLength(SmallModelBytes + beyond);
        var folder = ModelFolder.Open(StarterModel.Folder) with { Path = files.Path };
        var options = new OnnxChatOptions();

        Assert.Equal(isSmall ? 1 : options.EffectiveThreads, options.ThreadsFor(folder));
    }

    [Fact]
    public void ThreadsFor_Given_AreTaken() =>
        Assert.Equal(3, new OnnxChatOptions { Threads = 3 }.ThreadsFor(ModelFolder.Open(StarterModel.Folder)));
}
