using System.Text.Json;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Import;

/// <summary>The committed starter model answers plain questions as data/starter has it, and so does a checkpoint of the reference stack once imported.</summary>
public class StarterModelTests
{
    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");

    [Fact]
    public async Task Import_ReferenceCheckpoint_AnswersAsTheReferenceStack()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["template.txt"], "<|SYSTEM|> {system} <|USER|> {user} <|ASSISTANT|>", TestContext.Current.CancellationToken);
        var run = await CommandRun.StartAsync(
            [
                "import", "--output", folder["model"],
                "--template", folder["template.txt"],
                "--checkpoint", Repository.Fixture("starter-checkpoint", "model.safetensors"),
                "--config", Repository.Fixture("starter-checkpoint", "config.json"),
                "--tokenizer", Repository.Fixture("starter-checkpoint"),
            ],
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, run.Error);

        await RequireReferenceRepliesAsync(folder["model"], "--greedy");
    }

    [Theory]
    [InlineData("--greedy")]
    [InlineData("--seed=1")]
    [InlineData("--seed=2")]
    public Task Generate_TheTwelveQuestions_GivesTheirAnswers(string sampling) => RequireReferenceRepliesAsync(Starter, sampling);

    private static async Task RequireReferenceRepliesAsync(string model, string sampling)
    {
        using var reference = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.Fixture("starter-checkpoint", "generation.json"), TestContext.Current.CancellationToken));
        var items = reference.RootElement.GetProperty("items").EnumerateArray().ToList();
        var questions = string.Join('\n', items.Select(i => JsonSerializer.Serialize(new { user = i.GetProperty("user").GetString() })));

        var run = await CommandRun.StartAsync(["generate", "--model", model, "--input", "-", "--output", "-", sampling], questions, TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(12, items.Count);
        var replies = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("text").GetString()!.Trim());
        Assert.Equal(items.Select(i => i.GetProperty("greedy_text").GetString()!.Trim()), replies);
    }
}
