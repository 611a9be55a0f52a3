using System.Net;
using System.Text;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Channels.DirectLine;

public sealed class ActivityTests
{
    [Fact]
    public async Task Start_NewConversation_TheBotSaysWelcomeOnce()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host, new { locale = "en-US" });
        await client.RepliesAsync(1);

        using var again = await client.SendAsync(HttpMethod.Post, "conversations", new { });
        await client.SayAsync("hello");
        var replies = await client.RepliesAsync(2);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.StartsWith("Hello, I am OnnxChat.", replies[0]);
        Assert.Equal("Answer to hello", replies[1]);
    }

    [Fact]
    public async Task Post_Message_IsShownAsTheTokensUserWithOrderedIds()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);

        var id = await client.SayAsync("hello");
        var reply = (await client.ReplyActivitiesAsync(2))[1];
        var (activities, _) = await client.ReadAsync();

        var mine = activities.Single(activity => (string)activity["id"]! == id);
        Assert.Equal("user", (string)mine["from"]!["role"]!);
        Assert.StartsWith("dl_", (string)mine["from"]!["id"]!);
        Assert.Equal(client.ConversationId, (string)mine["conversation"]!["id"]!);
        Assert.Equal(id, (string)reply["replyToId"]!);
        Assert.All(activities, activity => Assert.StartsWith(client.ConversationId + "|", (string)activity["id"]!, StringComparison.Ordinal));
        Assert.Distinct(activities.Select(activity => (string)activity["id"]!));
    }

    [Fact]
    public async Task Read_FromEachWatermark_LosesAndDoublesNothing()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        for (var i = 0; i < 5; i++)
        {
            await client.SayAsync($"question {i}");
            await client.RepliesAsync(i + 2);
        }

        var (all, end) = await client.ReadAsync();

        for (var seen = 0; seen <= all.Count; seen++)
        {
            var (rest, watermark) = await client.ReadAsync($"{seen * ConversationLog.Step}");
            Assert.Equal(all.Skip(seen).Select(activity => activity.ToJsonString()), rest.Select(activity => activity.ToJsonString()));
            Assert.Equal(end, watermark);
        }
    }

    [Fact]
    public async Task Post_SeveralAtOnce_AreAnsweredInOrder()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);

        for (var i = 0; i < 6; i++)
            await client.SayAsync($"{i}");
        var replies = await client.RepliesAsync(7);

        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"Answer to {i}"), replies.Skip(1));
    }

    [Fact]
    public async Task Post_TooManyWait_429AndTheOthersAreAnswered()
    {
        var release = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        using var model = new ScriptedChatClient(async (question, token) =>
        {
            asked.TrySetResult();
            await release.Task.WaitAsync(token);
            return $"Answer to {question}";
        });
        using var host = new TestHost(("OnnxChat:DirectLine:MaxPendingTurns", "2")) { Model = model };
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        await client.SayAsync("0");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await client.SayAsync("1");
        await client.SayAsync("2");

        using var refused = await client.PostAsync(new { type = "message", text = "3" });
        release.SetResult();
        var replies = await client.RepliesAsync(4);
        var (activities, _) = await client.ReadAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(["Answer to 0", "Answer to 1", "Answer to 2"], replies.Skip(1));
        Assert.DoesNotContain(activities, activity => (string?)activity["text"] == "3");
    }

    [Theory]
    [InlineData("{\"type\":\"conversationUpdate\",\"membersAdded\":[{\"id\":\"x\"}]}", "BadArgument")]
    [InlineData("{\"text\":\"no type\"}", "BadArgument")]
    [InlineData("{\"type\":", "BadSyntax")]
    [InlineData("", "BadSyntax")]
    [InlineData("null", "BadSyntax")]
    public async Task Post_NoActivityOfAClient_400(string body, string code)
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);

        using var response = await client.PostAsync(new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await DirectLineClient.ErrorCodeAsync(response));
    }

    [Fact]
    public async Task Post_DeeplyNested_400()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        var body = "{\"type\":\"message\",\"value\":" + new string('[', 2_000) + new string(']', 2_000) + "}";

        using var response = await client.PostAsync(new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Post_LargerThanTheLimit_413()
    {
        using var host = new TestHost(("OnnxChat:DirectLine:MaxActivityBytes", "1024"));
        using var client = await DirectLineClient.StartAsync(host);

        using var response = await client.PostAsync(new { type = "message", text = new string('a', 1_024) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("MessageSizeTooBig", await DirectLineClient.ErrorCodeAsync(response));
    }

    [Fact]
    public async Task Upload_AnyFile_415()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "photo.png" } };

        using var response = await client.SendAsync(HttpMethod.Post, $"conversations/{client.ConversationId}/upload?userId=x", form);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("UnsupportedMediaType", await DirectLineClient.ErrorCodeAsync(response));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("abc")]
    public async Task Read_WatermarkOfNobody_400(string watermark)
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);

        using var response = await client.SendAsync(HttpMethod.Get, $"conversations/{client.ConversationId}/activities?watermark={watermark}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task AnyRoute_FromAnotherOrigin_GetsNoCorsHeaders()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v3/directline/tokens/generate");
        request.Headers.Add("Origin", "https://elsewhere.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }
}
