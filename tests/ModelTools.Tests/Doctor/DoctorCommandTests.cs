using System.Text.Json;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doctor_HelpsExample_LooksAtEverything()
    {
        var help = await RunAsync("--help");
        Assert.Contains("onnxchat doctor --model models/starter", help.Output, StringComparison.Ordinal);

        var run = await RunAsync("--model", Starter);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["runtime", "model folder", "providers", "reply", "processors", "memory", "port", "credentials"],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith(' ')).Select(l => l[6..19].Trim()));
    }

    [Fact]
    public async Task Doctor_Json_HasCheckStatusAndWhatWasFound()
    {
        var run = await RunAsync("--model", Starter, "--json");

        var checks = JsonElement.Parse(run.Output).EnumerateArray().ToDictionary(c => c.GetProperty("check").GetString()!);
        Assert.Equal("ok", checks["reply"].GetProperty("status").GetString());
        Assert.Contains("not cuda: ", checks["providers"].GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("on cpu: ", checks["reply"].GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.Contains("ONNX Runtime 1.", checks["runtime"].GetProperty("found").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_FileWasChanged_FailsAndNamesIt()
    {
        foreach (var file in Directory.GetFiles(Starter))
            File.Copy(file, _folder[Path.GetFileName(file)]);
        var bytes = await File.ReadAllBytesAsync(_folder["model.onnx.data"], TestContext.Current.CancellationToken);
        bytes[1000] ^= 1;
        await File.WriteAllBytesAsync(_folder["model.onnx.data"], bytes, TestContext.Current.CancellationToken);

        var run = await RunAsync("--model", _folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("model.onnx.data is not what was written", run.Output, StringComparison.Ordinal);
        Assert.Contains("-> Import the model again", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_NoSuchFolder_FailsAndGoesOn()
    {
        var run = await RunAsync("--model", _folder["none"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("fail  model folder", run.Output, StringComparison.Ordinal);
        Assert.Contains("onnxchat import", run.Output, StringComparison.Ordinal);
        Assert.Contains("ok    processors", run.Output.Replace("warn  processors", "ok    processors", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_ProviderThatTheBuildLacks_SaysWhatIsMissing()
    {
        var run = await RunAsync("--model", Starter, "--provider", "Cuda");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("-p:OnnxRuntimeGenAIPackage=Cuda", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "0")]
    [InlineData("--provider", "Tpu")]
    public async Task Doctor_WrongOption_IsCode2(params string[] args) => Assert.Equal(2, (await RunAsync(args)).ExitCode);

    private static Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.StartAsync(["doctor", .. args], cancellationToken: TestContext.Current.CancellationToken);
}
