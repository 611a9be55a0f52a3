using OnnxChat.OnnxRuntimeGenAI.Tests.Builds;
using OnnxChat.OnnxRuntimeGenAI.Tests.GenAI;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Packages;

/// <summary>A folder with the packages of this checkout, packed once for all tests that look at them.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder of the packages.</summary>
    public string Folder => _folder["feed"];

    public async ValueTask InitializeAsync()
    {
        foreach (var project in new[] { "OnnxRuntimeGenAI", "Connector", "BotFramework" })
            (await ProjectBuild.RunAsync(["pack", ProjectBuild.Project(project), "--no-build", "-c", DotNet.Configuration, "-o", Folder])).AssertSucceeded();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
