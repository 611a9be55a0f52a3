using System.Diagnostics;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using OnnxChat.ModelTools.Tests.Fixtures;

namespace OnnxChat.ModelTools.Tests.Mcp;

/// <summary>The built program as a process, asked by the official client.</summary>
public class McpCommandTests(McpProcess starter) : IClassFixture<McpProcess>
{
    private const string Question = "怎么退货？";
    private const string Nonsense = "zqx vlorp 88 kkk purple monday sandwich";

    private readonly McpClient _client = starter.Client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Initialize_Client_LearnsNameToolsAndPrompt()
    {
        Assert.Equal("onnxchat", _client.ServerInfo!.Name);
        Assert.Contains("hand_over", _client.ServerInstructions, StringComparison.Ordinal);

        var tools = await _client.ListToolsAsync(cancellationToken: Cancel);
        Assert.Equal(["answer_customer_question", "list_topics"], tools.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool =>
        {
            Assert.True(tool.ProtocolTool.Annotations!.ReadOnlyHint);
            Assert.Equal("object", tool.ProtocolTool.OutputSchema!.Value.GetProperty("type").GetString());
        });
        Assert.Equal("serve_customer", Assert.Single(await _client.ListPromptsAsync(cancellationToken: Cancel)).Name);
    }

    [Fact]
    public async Task CallTool_KnownQuestion_AnswersAsTextAndAsStructure()
    {
        var result = await AskAsync(Question, "zh");

        var answer = result.StructuredContent!.Value;
        Assert.False(answer.GetProperty("hand_over").GetBoolean());
        Assert.Contains("退货", answer.GetProperty("text").GetString()!, StringComparison.Ordinal);
        Assert.InRange(answer.GetProperty("confidence").GetDouble(), 0.85, 1);
        Assert.Contains("退货", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallTool_Nonsense_HandsOverWithoutAText()
    {
        var answer = (await AskAsync(Nonsense)).StructuredContent!.Value;

        Assert.Equal("unsure", answer.GetProperty("hand_over_reason").GetString());
        Assert.Null(answer.GetProperty("text").GetString());
    }

    [Fact]
    public async Task CallTool_EmptyQuestion_IsAnErrorThatTheAgentCanRead()
    {
        var result = await AskAsync(" ");

        Assert.True(result.IsError);
        Assert.Contains("The question is empty", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallTool_ListTopics_ListsSome()
    {
        var result = await _client.CallToolAsync("list_topics", new Dictionary<string, object?> { ["language"] = "en" }, cancellationToken: Cancel);

        Assert.InRange(result.StructuredContent!.Value.GetProperty("topics").GetArrayLength(), 20, 100);
    }

    [Fact]
    public async Task CallTool_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => AskAsync(i % 2 == 0 ? Question : Nonsense)));

        Assert.All(results.Index(), r => Assert.Equal(r.Index % 2 != 0, r.Item.StructuredContent!.Value.GetProperty("hand_over").GetBoolean()));
    }

    [Fact]
    public async Task CallTool_UnknownTool_IsAnErrorOfTheProtocol() =>
        await Assert.ThrowsAnyAsync<McpException>(async () => await _client.CallToolAsync("refund_everything", cancellationToken: Cancel));

    [Fact]
    public async Task GetPrompt_MessageOfACustomer_HasItAndTheRules()
    {
        var prompt = await _client.GetPromptAsync("serve_customer", new Dictionary<string, object?> { ["message"] = "Where is my order?" }, cancellationToken: Cancel);

        var text = Assert.IsType<TextContentBlock>(Assert.Single(prompt.Messages).Content).Text;
        Assert.Contains("answer_customer_question", text, StringComparison.Ordinal);
        Assert.EndsWith("Where is my order?", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallTool_IncludeUnsure_ReturnsTheDraft()
    {
        await using var client = await McpProcess.StartAsync("--include-unsure");

        var result = await client.CallToolAsync("answer_customer_question", new Dictionary<string, object?> { ["question"] = Nonsense }, cancellationToken: Cancel);

        Assert.NotEmpty(result.StructuredContent!.Value.GetProperty("text").GetString()!);
    }

    [Fact]
    public async Task Run_InputEnds_EndsWithCode0AndWroteNothing()
    {
        var start = new ProcessStartInfo(McpProcess.Program, ["mcp", "--model", McpProcess.Model]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();

        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Run_FolderIsMissing_IsCode1WithTheRemedy()
    {
        var run = await CommandRun.StartAsync(["mcp", "--model", "no-such-folder"], cancellationToken: Cancel);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("onnxchat import", run.Error, StringComparison.Ordinal);
    }

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private async Task<CallToolResult> AskAsync(string question, string? language = null) =>
        await _client.CallToolAsync("answer_customer_question", new Dictionary<string, object?> { ["question"] = question, ["language"] = language }, cancellationToken: Cancel);
}
