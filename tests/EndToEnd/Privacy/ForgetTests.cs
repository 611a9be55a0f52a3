using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OnnxChat.EndToEnd.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Privacy;

/// <summary><c>onnxchat forget</c> against the built host, whose key is a file and whose notes are in a folder.</summary>
public sealed class ForgetTests : IDisposable
{
    private const string Key = "desk-key-of-the-file";
    private const string Words = "the blue kite of my daughter";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Forget_ConversationThatAPersonAnswered_NoFileAndNoLogHasAWordOfIt()
    {
        var secrets = Directory.CreateDirectory(_folder["secrets"]).FullName;
        var notes = _folder["notes"];
        var keyFile = Path.Combine(secrets, "OnnxChat__Desk__AccessKey");
        await File.WriteAllTextAsync(keyFile, Key + "\n", Cancelled);
        await using var host = await HostProcess.StartAsync(
            HostProcess.FreePort, Cancelled, "--OnnxChat:Secrets:Folder", secrets, "--OnnxChat:Review:Folder", notes, "--Logging:LogLevel:Default", "Debug");
        var conversation = await AnsweredByAPersonAsync(host.Http);
        Assert.Contains(Words, await TextAsync(notes), StringComparison.Ordinal);

        await using var forget = ProgramProcess.Start(
            BuiltProgram.OnnxChat, ["forget", "--conversation", conversation, "--host", host.Address.ToString(), "--key-file", keyFile]);

        Assert.Equal(0, await forget.ExitAsync(TimeSpan.FromSeconds(60), Cancelled));
        Assert.Matches(@"Deleted: \d+ records", await forget.WaitForAsync("", Cancelled));
        Assert.DoesNotContain(Words, await TextAsync(notes), StringComparison.Ordinal);
        Assert.DoesNotContain(Words, host.Program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, host.Program.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> AnsweredByAPersonAsync(HttpClient http)
    {
        var token = await SendAsync(http, HttpMethod.Post, "/v3/directline/tokens/generate", new { });
        var (id, customer) = ((string)token["conversationId"]!, new AuthenticationHeaderValue("Bearer", (string)token["token"]!));
        var person = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:" + Key)));
        await SendAsync(http, HttpMethod.Post, "/v3/directline/conversations", new { }, customer);
        foreach (var text in (string[])[Words, "talk to a person"])
            await SendAsync(http, HttpMethod.Post, $"/v3/directline/conversations/{id}/activities", new { type = "message", text, from = new { id = "dl_customer" }, locale = "en-US" }, customer);

        // The desk has the conversation once its turn has come.
        while ((await SendAsync(http, HttpMethod.Get, "/desk/api/conversations", null, person)).AsArray().Count == 0)
            await Task.Yield();
        await SendAsync(http, HttpMethod.Post, $"/desk/api/conversations/{id}/take", new { person = "Ann" }, person);
        await SendAsync(http, HttpMethod.Post, $"/desk/api/conversations/{id}/messages", new { person = "Ann", text = "It is on its way." }, person);
        return id;
    }

    private static async Task<JsonNode> SendAsync(HttpClient http, HttpMethod method, string path, object? body, AuthenticationHeaderValue? authorization = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = authorization;
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await http.SendAsync(request, Cancelled);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private static async Task<string> TextAsync(string folder)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            text.Append(await File.ReadAllTextAsync(file, Cancelled));
        return text.ToString();
    }
}
