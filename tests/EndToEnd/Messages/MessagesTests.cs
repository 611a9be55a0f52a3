using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.Messages;

/// <summary>/api/messages over plain HTTP.</summary>
public sealed class MessagesTests(StarterHost host)
{
    private const string Path = "/api/messages";
    private const int BodyLimit = 262_144;

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_ExpectReplies_AnswersEachQuestionAsTheReference()
    {
        List<string> replies = [];

        foreach (var (question, _) in StarterConversation.All)
        {
            using var response = await host.Http.PostAsJsonAsync(Path, Message(question), Cancelled);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var activities = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["activities"]!.AsArray();
            replies.Add((string)Assert.Single(activities, activity => (string?)activity!["type"] == "message")!["text"]!);
        }

        Assert.Equal(StarterConversation.All.Select(conversation => conversation.Reply), replies);
    }

    [Fact]
    public async Task Post_ManyAtOnce_EachGetsItsOwnReply()
    {
        var conversations = Enumerable.Repeat(StarterConversation.All, 4).SelectMany(all => all).ToList();

        var replies = await Task.WhenAll(conversations.Select(async conversation =>
        {
            using var response = await host.Http.PostAsJsonAsync(Path, Message(conversation.Question), Cancelled);
            return (string)(await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["activities"]!.AsArray().Single()!["text"]!;
        }));

        Assert.Equal(conversations.Select(conversation => conversation.Reply), replies);
    }

    [Theory]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"type\":\"message\"}", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task Post_NotAnActivity_Refuses(string body, string mediaType, HttpStatusCode expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, mediaType);

        using var response = await host.Http.PostAsync(Path, content, Cancelled);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_OverTheLimit_413(bool chunked)
    {
        var body = Encoding.UTF8.GetBytes(Message(new string('x', BodyLimit)).ToJsonString());
        var address = host.Http.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancelled);
        var stream = client.GetStream();
        var length = chunked ? $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n" : $"Content-Length: {body.Length}\r\n\r\n";

        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {Path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n{length}"), Cancelled);
            await stream.WriteAsync(body, Cancelled);
        }
        catch (IOException)
        {
            // The host may hang up before it has read all of what it refuses; its answer is there to be read.
        }

        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 413 ", await reader.ReadLineAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_405()
    {
        using var response = await host.Http.GetAsync(Path, Cancelled);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Post_AfterRefusals_StillAnswers()
    {
        using var bad = new ByteArrayContent([0xff, 0xfe, 0x00]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var refused = await host.Http.PostAsync(Path, bad, Cancelled);

        using var response = await host.Http.PostAsJsonAsync(Path, Message("hello"), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static JsonObject Message(string text) => new()
    {
        ["type"] = "message",
        ["id"] = Guid.NewGuid().ToString("n"),
        ["channelId"] = "test",
        ["serviceUrl"] = "http://127.0.0.1:1/",
        ["from"] = new JsonObject { ["id"] = "customer" },
        ["recipient"] = new JsonObject { ["id"] = "bot" },
        ["conversation"] = new JsonObject { ["id"] = "conversation" },
        ["deliveryMode"] = "expectReplies",
        ["text"] = text,
    };
}
