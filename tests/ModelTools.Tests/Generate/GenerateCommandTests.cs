using System.Text.Json;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Generate;

public class GenerateCommandTests
{
    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");

    [Fact]
    public async Task Generate_FromFileToFile_AnswersEveryLineInOrder()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["in.jsonl"], "{\"user\":\"hello\"}\n\n{\"user\":\"怎么退货？\",\"system\":\"Be brief\"}\n", TestContext.Current.CancellationToken);

        var run = await GenerateAsync(folder["in.jsonl"], folder["out.jsonl"]);

        Assert.True(run.ExitCode == 0, run.Error);
        var lines = await File.ReadAllLinesAsync(folder["out.jsonl"], TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Contains("怎么退货？", lines[1], StringComparison.Ordinal);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal(["user", "prompt_tokens", "tokens", "text", "finish_reason", "confidence"], first.RootElement.EnumerateObject().Select(p => p.Name).Take(6));
        Assert.Equal("stop", first.RootElement.GetProperty("finish_reason").GetString());
        Assert.Equal(["in.jsonl", "out.jsonl"], Directory.GetFiles(folder.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Generate_MaxTokens_EndsWithLength()
    {
        var run = await GenerateAsync("-", "-", "{\"user\":\"hello\"}", "--max-tokens", "3");

        using var answer = JsonDocument.Parse(run.Output);
        Assert.Equal(3, answer.RootElement.GetProperty("tokens").GetArrayLength());
        Assert.Equal("length", answer.RootElement.GetProperty("finish_reason").GetString());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("{\"user\":null}")]
    [InlineData("[1]")]
    public async Task Generate_BadLine_NamesItAndLeavesNoOutput(string line)
    {
        using var folder = new TemporaryFolder();

        var run = await GenerateAsync("-", folder["out.jsonl"], "{\"user\":\"hello\"}\n" + line);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Line 2", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Generate_PromptTooLong_NamesLineLengthAndLimit()
    {
        var run = await GenerateAsync("-", "-", JsonSerializer.Serialize(new { user = string.Concat(Enumerable.Repeat("word ", 300)) }));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Line 1", run.Error, StringComparison.Ordinal);
        Assert.Contains("192", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_ModelFolderMissing_NamesTheCommandThatMakesOne()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.StartAsync(["generate", "--model", folder["none"], "--input", "-", "--output", "-"], "{\"user\":\"hi\"}", TestContext.Current.CancellationToken);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(folder["none"], run.Error, StringComparison.Ordinal);
        Assert.Contains("onnxchat import", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--top-p", "1.5", "top-p")]
    [InlineData("--top-k", "-1", "top-k")]
    [InlineData("--temperature", "-0.5", "temperature")]
    [InlineData("--max-tokens", "0", "max tokens")]
    public async Task Generate_SettingOutOfRange_NamesItWithValueAndRange(string option, string value, string name)
    {
        var run = await GenerateAsync("-", "-", "{\"user\":\"hi\"}", option, value);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static Task<CommandRun> GenerateAsync(string input, string output, string standardInput = "", params string[] more) =>
        CommandRun.StartAsync(["generate", "--model", Starter, "--input", input, "--output", output, .. more], standardInput, TestContext.Current.CancellationToken);
}
