using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace OnnxChat.Samples;

/// <summary>The official MCP client: starts <c>onnxchat mcp</c>, lists its tools and asks.</summary>
internal static class McpSample
{
    public static async Task RunAsync(string model, TextWriter output, CancellationToken cancellationToken)
    {
        var transport = new StdioClientTransport(new StdioClientTransportOptions { Command = OnnxChat, Arguments = ["mcp", "--model", model] });
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
        foreach (var tool in await client.ListToolsAsync(cancellationToken: cancellationToken))
            await output.WriteLineAsync($"{tool.Name}: {tool.Description}");

        var question = new Dictionary<string, object?> { ["question"] = "Can I pay by invoice?", ["language"] = "en" };
        var result = await client.CallToolAsync("answer_customer_question", question, cancellationToken: cancellationToken);
        foreach (var text in result.Content.OfType<TextContentBlock>())
            await output.WriteLineAsync(text.Text);
    }

    // Beside this program in the checkout; 'onnxchat' where it is installed.
    private static string OnnxChat => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "ModelTools", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "onnxchat"));
}
