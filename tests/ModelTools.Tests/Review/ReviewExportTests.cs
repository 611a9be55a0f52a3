using System.Text.Json.Nodes;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Review;

public sealed class ReviewExportTests : IDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Export_Notes_AreSamplesByQuestionAndOpenQuestions()
    {
        // As the bot host writes them.
        await File.WriteAllTextAsync(_folder["review-2026-03-02.jsonl"], """
            {"day":"2026-03-02","kind":"rated_bad","language":"en","question":"Is it <number>?","answer":"No."}
            {"day":"2026-03-02","kind":"rated_bad","language":"en","question":"Do you fix boots?","answer":"No."}
            {"day":"2026-03-02","kind":"unanswered","language":"zh-Hans","question":"月亮上有货吗","answer":null}
            {"day":"2026-03-02","kind":"unanswered","language":"zh-Hans","question":"月亮上有货吗？","answer":null}

            """, Cancelled);
        await File.WriteAllTextAsync(_folder["review-2026-03-01.jsonl"], """
            {"day":"2026-03-01","kind":"person","language":"en","question":"do you fix boots","answer":"Yes, in our shops."}
            {"day":"2026-03-01","kind":"rated_good","language":"en","question":"Do you fix boots?","answer":"Yes."}
            {"day":"2026-03-01","kind":"rated_good","language":"en","question":"Do you fix boots?","answer":"Yes."}
            """ + "\n", Cancelled);

        var run = await RunAsync("--questions", _folder["questions.jsonl"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("7 notes: 2 samples, 2 questions without a good answer", run.Output, StringComparison.Ordinal);
        var samples = Read("samples.jsonl");
        Assert.Equal([("do you fix boots", "Yes, in our shops."), ("Do you fix boots?", "Yes.")], samples.Select(sample => ((string)sample["user"]!, (string)sample["assistant"]!)));
        Assert.Single(samples.Select(sample => (string?)sample["group"]).Distinct());
        Assert.Equal(["Is it <number>?", "月亮上有货吗"], Read("questions.jsonl").Select(question => (string?)question["user"]));
    }

    [Fact]
    public async Task Export_LineThatIsNoNote_NamesFileAndLine()
    {
        await File.WriteAllTextAsync(_folder["review-2026-03-01.jsonl"], "{\"kind\":\"person\",\"question\":\"q\",\"answer\":\"a\"}\n{\"kind\":\"person\"}\n", Cancelled);

        var run = await RunAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("review-2026-03-01.jsonl: line 2 is no note", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["samples.jsonl"]));
    }

    [Fact]
    public async Task Export_FolderWithoutNotes_SaysWhoWritesThem()
    {
        var run = await RunAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("OnnxChat:Review:Folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_NoFolderForTheSamples_SaysSo()
    {
        await File.WriteAllTextAsync(_folder["review-2026-03-01.jsonl"], """{"day":"2026-03-01","kind":"rated_good","language":"en","question":"Do you fix boots?","answer":"Yes."}""" + "\n", Cancelled);

        var run = await CommandRun.StartAsync(["review", "export", "--notes", _folder.Path, "--output", _folder["none", "samples.jsonl"]], cancellationToken: Cancelled);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Give a file in a folder that is there", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Help_HasAnExample()
    {
        var run = await CommandRun.StartAsync(["review", "export", "--help"], cancellationToken: Cancelled);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("onnxchat review export --notes review --output samples.jsonl", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandRun> RunAsync(params string[] more) =>
        CommandRun.StartAsync(["review", "export", "--notes", _folder.Path, "--output", _folder["samples.jsonl"], .. more], cancellationToken: Cancelled);

    private List<JsonNode> Read(string file) => [.. File.ReadAllLines(_folder[file]).Select(line => JsonNode.Parse(line)!)];
}
