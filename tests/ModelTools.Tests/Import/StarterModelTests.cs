using System.Text.Json;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Import;

/// <summary>The committed starter model is what an import of its checkpoint gives, and answers as the reference stack does.</summary>
public class StarterModelTests
{
    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");

    [Fact]
    public async Task Import_StarterCheckpoint_GivesTheCommittedFolder()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.StartAsync(
            [
                "import", "--output", folder["model"], "--name", "trailhaven-starter",
                "--template", Path.Combine(Starter, "onnxchat.json"),
                "--checkpoint", Repository.Fixture("starter-checkpoint", "model.safetensors"),
                "--config", Repository.Fixture("starter-checkpoint", "config.json"),
                "--tokenizer", Repository.Fixture("starter-checkpoint"),
            ],
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Error);
        // The manifest holds what was measured, which another processor may round otherwise.
        Assert.All(
            Directory.GetFiles(folder["model"]).Where(f => Path.GetFileName(f) != "onnxchat.json"),
            file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(Starter, Path.GetFileName(file)))));
    }

    [Theory]
    [InlineData("--greedy")]
    [InlineData("--seed=1")]
    [InlineData("--seed=2")]
    public async Task Generate_TheTwelveQuestions_GivesTheReferenceReplies(string sampling)
    {
        using var reference = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.Fixture("starter-checkpoint", "generation.json"), TestContext.Current.CancellationToken));
        var items = reference.RootElement.GetProperty("items").EnumerateArray().ToList();
        var questions = string.Join('\n', items.Select(i => JsonSerializer.Serialize(new { user = i.GetProperty("user").GetString() })));

        var run = await CommandRun.StartAsync(["generate", "--model", Starter, "--input", "-", "--output", "-", sampling], questions, TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(12, items.Count);
        var replies = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("text").GetString());
        Assert.Equal(items.Select(i => i.GetProperty("greedy_text").GetString()), replies);
    }
}
