using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.Connector;

namespace OnnxChat.BotHost.Tests.Api;

public sealed class MessagesTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_ExpectReplies_AnswersInTheResponse()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();

        using var response = await http.PostAsJsonAsync("/api/messages", Message("hello"), Cancelled);
        var replies = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["activities"]!.AsArray();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Answer to hello", (string)Assert.Single(replies)!["text"]!);
    }

    [Fact]
    public async Task Post_ModelFails_StillAnswersWithASentence()
    {
        using var host = new TestHost { Model = new ScriptedChatClient((_, _) => throw new InvalidOperationException("inner detail")) };
        using var http = host.CreateClient();

        using var response = await http.PostAsJsonAsync("/api/messages", Message("hello"), Cancelled);
        var body = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Sorry, something went wrong", body);
        Assert.DoesNotContain("inner detail", body);
    }

    [Fact]
    public async Task Get_Messages_405()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();

        using var response = await http.GetAsync("/api/messages", Cancelled);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Get_Health_200()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();

        using var response = await http.GetAsync("/healthz", Cancelled);

        Assert.Equal("Healthy", await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Start_ModelFolderMissing_FailsAndSaysHowToMakeOne()
    {
        using var logs = new RecordingLoggerProvider();
        await using var app = KestrelHost.Create(logs, _ => { }, "--urls=http://127.0.0.1:0", "--OnnxChat:Model:ModelPath=no-such-folder");

        var error = await Assert.ThrowsAsync<OnnxChatModelException>(() => app.StartAsync(Cancelled));

        Assert.Contains("no-such-folder", error.Message);
        Assert.Contains("onnxchat import", error.Message);
    }

    private static object Message(string text) => new
    {
        type = "message",
        id = Guid.NewGuid().ToString("n"),
        text,
        channelId = "emulator",
        serviceUrl = "http://localhost:1/",
        deliveryMode = "expectReplies",
        from = new { id = "user" },
        recipient = new { id = "bot" },
        conversation = new { id = "conversation" },
    };
}
