using System.Text.Json.Nodes;
using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.Mcp;

/// <summary>Both generations of the official client for JavaScript before the starter model, over both transports.</summary>
public sealed class JavaScriptClientTests(StarterHost host)
{
    private const string Sdk = "@modelcontextprotocol/sdk";
    private const string Client = "@modelcontextprotocol/client";

    private static readonly Dictionary<string, string> Imports = new()
    {
        [Sdk] = """
            const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
            const { StreamableHTTPClientTransport } = require('@modelcontextprotocol/sdk/client/streamableHttp.js');
            const { StdioClientTransport } = require('@modelcontextprotocol/sdk/client/stdio.js');
            """,
        [Client] = """
            const { Client, StreamableHTTPClientTransport } = require('@modelcontextprotocol/client');
            const { StdioClientTransport } = require('@modelcontextprotocol/client/stdio');
            """,
    };

    // The client itself refuses structured content that is not of the tool's schema.
    private const string Ask = """
        const [transport, target, question, ...args] = process.argv.slice(1);
        const client = new Client({ name: 'test', version: '1.0.0' });
        (async () => {
          await client.connect(transport === 'http' ? new StreamableHTTPClientTransport(new URL(target)) : new StdioClientTransport({ command: target, args }));
          const tools = (await client.listTools()).tools;
          const call = (name, given) => client.callTool({ name, arguments: given });
          const reply = await call('answer_customer_question', { question });
          const empty = await call('answer_customer_question', { question: ' ' });
          const topics = await call('list_topics', { language: 'en' });
          const unknown = await call('refund_everything', {}).then(result => result.isError, error => error.code);
          const prompt = await client.getPrompt({ name: 'serve_customer', arguments: { message: question } });
          console.log('answer ' + JSON.stringify({
            server: client.getServerVersion().name, tools: tools.map(tool => tool.name).sort(), schemas: tools.every(tool => tool.outputSchema?.type === 'object'),
            reply: reply.structuredContent, text: JSON.parse(reply.content[0].text).text,
            empty: { isError: empty.isError, text: empty.content[0].text }, topics: topics.structuredContent.topics.length, unknown,
            prompts: (await client.listPrompts()).prompts.map(p => p.name), prompt: prompt.messages[0].content.text,
          }));
          await client.close();
        })().catch(error => console.log('answer ' + JSON.stringify({ error: String(error.stack) })));
        """;

    [Theory]
    [InlineData(Sdk)]
    [InlineData(Client)]
    public async Task Http_ToolsAndPrompt_AreWhatTheClientExpects(string package) =>
        await ExpectAsync(package, "http", new Uri(host.Address, "mcp").ToString());

    [Theory]
    [InlineData(Sdk)]
    [InlineData(Client)]
    public async Task Stdio_ToolsAndPrompt_AreWhatTheClientExpects(string package) =>
        await ExpectAsync(package, "stdio", BuiltProgram.OnnxChat, "mcp", "--model", BuiltProgram.StarterModel);

    private static async Task ExpectAsync(string package, string transport, string target, params string[] more)
    {
        var (node, modules, _) = Requires.Mcp();
        var conversation = StarterConversation.About("怎么退货？");
        await using var program = ProgramProcess.Start(node, ["-e", Imports[package] + "\n" + Ask, transport, target, conversation.Question, .. more], ("NODE_PATH", modules));

        var answer = JsonNode.Parse(await program.WaitForAsync("answer", TestContext.Current.CancellationToken))!;

        Assert.True(answer["error"] is null, (string?)answer["error"]);
        Assert.Equal("onnxchat", (string?)answer["server"]);
        Assert.Equal(["answer_customer_question", "list_topics"], answer["tools"]!.AsArray().Select(name => (string?)name));
        Assert.True((bool)answer["schemas"]!);
        Assert.Equal((conversation.Reply, conversation.Reply), ((string?)answer["reply"]!["text"], (string?)answer["text"]));
        Assert.False((bool)answer["reply"]!["hand_over"]!);
        Assert.True((bool)answer["empty"]!["isError"]!);
        Assert.Contains("The question is empty", (string?)answer["empty"]!["text"], StringComparison.Ordinal);
        Assert.InRange((int)answer["topics"]!, 20, 100);
        Assert.Equal("-32602", answer["unknown"]!.ToJsonString());
        Assert.Equal("serve_customer", (string?)Assert.Single(answer["prompts"]!.AsArray()));
        Assert.EndsWith(conversation.Question, (string?)answer["prompt"], StringComparison.Ordinal);
    }
}
