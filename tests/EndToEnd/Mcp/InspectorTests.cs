using System.Text.Json.Nodes;
using OnnxChat.EndToEnd.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Mcp;

/// <summary>The official inspector of MCP servers, which reads the configuration that docs/agents.md gives to an agent.</summary>
public sealed class InspectorTests(StarterHost host)
{
    private const string Server = "customer-service";

    [Fact]
    public async Task Stdio_ConfigurationOfThePage_AnswersTheInspector()
    {
        var configuration = Configuration("\"command\"");
        var server = configuration["mcpServers"]![Server]!;
        Assert.Equal(("onnxchat", "models/shop"), ((string?)server["command"], (string?)server["args"]![2]));
        server["command"] = BuiltProgram.OnnxChat;
        server["args"]![2] = BuiltProgram.StarterModel;

        await ExpectToolsAsync(configuration);
    }

    [Fact]
    public async Task Http_ConfigurationOfThePage_AnswersTheInspector()
    {
        var configuration = Configuration("\"url\"");
        var server = configuration["mcpServers"]![Server]!;
        Assert.EndsWith("/mcp", (string?)server["url"], StringComparison.Ordinal);
        server["url"] = new Uri(host.Address, "mcp").ToString();
        server["type"] = "streamable-http";

        await ExpectToolsAsync(configuration);
    }

    private static async Task ExpectToolsAsync(JsonNode configuration)
    {
        var (node, _, inspector) = Requires.Mcp();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["mcp.json"], configuration.ToJsonString(), TestContext.Current.CancellationToken);
        await using var program = ProgramProcess.Start(
            node,
            [
                inspector, "--cli", "--config", folder["mcp.json"], "--server", Server,
                "--method", "tools/call", "--tool-name", "answer_customer_question", "--tool-arg", "question=How do I return my boots?",
            ]);

        var exitCode = await program.ExitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, program.Output);
        Assert.Contains("\"hand_over\": false", program.Output, StringComparison.Ordinal);
    }

    private static JsonNode Configuration(string having) => JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "agents.md")).Split("```")
            .Single(block => block.StartsWith("json\n{\"mcpServers\"", StringComparison.Ordinal) && block.Contains(having, StringComparison.Ordinal))["json\n".Length..])!;
}
