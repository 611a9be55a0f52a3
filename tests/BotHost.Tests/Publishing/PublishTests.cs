using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OnnxChat.OnnxRuntimeGenAI.Tests.Builds;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Publishing;

public sealed class PublishTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_FolderAlone_HoldsAllItNeedsAndAnswers()
    {
        using var folder = new TemporaryFolder();

        var published = await DotNet.RunAsync(
            Repository.Root,
            ["publish", Path.Combine("src", "BotHost"), "--no-build", "-c", DotNet.Configuration, "-o", folder.Path, "-m:1", "-nodeReuse:false", "-tl:off"],
            new Dictionary<string, string>(),
            Cancelled);

        published.AssertSucceeded();
        Assert.Equal(2, Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Count(IsNative));
        Assert.Equal(Names(Path.Combine(Repository.Root, "models", "starter")), Names(folder["models", "starter"]));
        Assert.True(File.Exists(folder["wwwroot", "index.html"]));
        Assert.Single(Directory.EnumerateFiles(folder["wwwroot", "webchat"], "webchat.js", SearchOption.AllDirectories));

        var (host, address) = await PublishedHost.StartAsync(folder.Path, Cancelled);
        using (host)
        {
            Assert.Contains("order", await AskAsync(address, "Where is my order?"), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static bool IsNative(string file) =>
        Path.GetFileName(file) is "libonnxruntime.so" or "libonnxruntime-genai.so"
            or "libonnxruntime.dylib" or "libonnxruntime-genai.dylib"
            or "onnxruntime.dll" or "onnxruntime-genai.dll";

    private static IEnumerable<string?> Names(string folder) =>
        Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static async Task<string> AskAsync(Uri address, string text)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var response = await http.PostAsJsonAsync(
            "/api/messages",
            new JsonObject
            {
                ["type"] = "message",
                ["id"] = "1",
                ["text"] = text,
                ["deliveryMode"] = "expectReplies",
                ["channelId"] = "emulator",
                ["serviceUrl"] = "http://127.0.0.1:1",
                ["from"] = new JsonObject { ["id"] = "customer" },
                ["recipient"] = new JsonObject { ["id"] = "bot" },
                ["conversation"] = new JsonObject { ["id"] = "one" },
            },
            Cancelled);
        response.EnsureSuccessStatusCode();
        var replies = await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled);
        return (string)Assert.Single(replies!["activities"]!.AsArray())!["text"]!;
    }
}
