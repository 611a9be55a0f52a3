using Microsoft.ML.OnnxRuntimeGenAI;
using OnnxChat.OnnxRuntimeGenAI.Tests.Builds;
using OnnxChat.OnnxRuntimeGenAI.Tests.Npm;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.GenAI;

public sealed class OutputTests
{
    [Fact]
    public void Output_Build_HoldsTheHostsNativesAlone()
    {
        string[] expected = OperatingSystem.IsWindows() ? ["onnxruntime-genai.dll", "onnxruntime.dll"]
            : OperatingSystem.IsMacOS() ? ["libonnxruntime-genai.dylib", "libonnxruntime.dylib"]
            : ["libonnxruntime-genai.so", "libonnxruntime.so"];
        var output = Path.Combine(Repository.Root, "artifacts", "bin", "OnnxRuntimeGenAI", DotNet.Configuration);

        // The project's own folder, and one that has it by reference.
        foreach (var folder in new[] { output, AppContext.BaseDirectory })
        {
            Assert.Equal("Microsoft.ML.OnnxRuntimeGenAI", typeof(Model).Assembly.GetName().Name);
            Assert.True(File.Exists(Path.Combine(folder, "Microsoft.ML.OnnxRuntimeGenAI.dll")));
            Assert.Equal(expected, Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Where(file => Path.GetFileName(file).Contains("onnxruntime", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Build_CacheIsFilled_StartsNoNpm()
    {
        using var folder = new TemporaryFolder();
        var npm = new FakeNpm(folder["bin"], "exit 1");

        var result = await ProjectBuild.RunAsync(
            ["build", ProjectBuild.Project("OnnxRuntimeGenAI"), "-c", DotNet.Configuration],
            new Dictionary<string, string> { ["PATH"] = npm.SearchPath });

        result.AssertSucceeded();
        Assert.Empty(npm.Calls);
    }

    [Fact]
    public async Task Build_EmptyCacheAndNoNpm_IsOneErrorWithBothWaysOut()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["tmp"]);

        var result = await ProjectBuild.RunAsync(
            ["build", ProjectBuild.Project("OnnxRuntimeGenAI"), "-c", DotNet.Configuration, "--no-restore"],
            new Dictionary<string, string> { ["PATH"] = folder["nothing-here"], ["ONNXCHAT_CACHE"] = folder["cache"], ["TMPDIR"] = folder["tmp"], ["TMP"] = folder["tmp"] });

        var error = result.AssertOnlyError("NPM001");
        Assert.Contains("1. install Node.js", error, StringComparison.Ordinal);
        Assert.Contains("2. build with -p:OnnxRuntimeGenAIPackage=Cpu", error, StringComparison.Ordinal);
    }
}
