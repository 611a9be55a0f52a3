using ModelContextProtocol.Client;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Mcp;

/// <summary><c>onnxchat mcp</c> over the starter model, and the official client that started it.</summary>
public sealed class McpProcess : IAsyncLifetime
{
    public static string Model { get; } = Path.Combine(Repository.Root, "models", "starter");

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "onnxchat.exe" : "onnxchat");

    public McpClient Client { get; private set; } = null!;

    public static Task<McpClient> StartAsync(params string[] more) => McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions { Command = Program, Arguments = ["mcp", "--model", Model, .. more] }),
        cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() => Client = await StartAsync();

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
