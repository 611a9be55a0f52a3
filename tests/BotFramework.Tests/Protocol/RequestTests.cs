using Microsoft.Bot.Builder;
using Newtonsoft.Json.Linq;
using OnnxChat.BotFramework.Tests.Compatibility;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Protocol;

public class RequestTests
{
    [Theory]
    [InlineData("message")]
    [InlineData("conversationUpdate")]
    [InlineData("typing")]
    [InlineData("event")]
    [InlineData("messageReaction")]
    [InlineData("messageUpdate")]
    [InlineData("messageDelete")]
    [InlineData("installationUpdate")]
    [InlineData("endOfConversation")]
    [InlineData("unheardOf")]
    public async Task ProcessAsync_Activity_Answers200WithEmptyBody(string type)
    {
        var activity = BotServer.Message("http://127.0.0.1:1");
        activity["type"] = type;

        var response = await new BotServer(new ActivityHandler()).PostAsync(activity);

        Assert.Equal((200, ""), (response.Status, response.Body));
    }

    [Fact]
    public async Task ProcessAsync_ExpectReplies_AnswersWithTheReplies()
    {
        var activity = BotServer.Message("http://127.0.0.1:1");
        activity["deliveryMode"] = "expectReplies";

        var response = await new BotServer(new EchoBot()).PostAsync(activity);

        Assert.Equal(200, response.Status);
        var reply = Assert.Single(response.Json["activities"]!);
        Assert.Equal("Echo: hello", (string?)reply["text"]);
        Assert.Equal(("a1", "u1", "b1", "c1"), ((string?)reply["replyToId"], (string?)reply["recipient"]!["id"], (string?)reply["from"]!["id"], (string?)reply["conversation"]!["id"]));
    }

    [Fact]
    public async Task ProcessAsync_InvokeExpectingReplies_AnswersWithTheResponseAmongThem()
    {
        var activity = BotServer.Message("http://127.0.0.1:1");
        activity["type"] = "invoke";
        activity["name"] = "message/submitAction";
        activity["deliveryMode"] = "expectReplies";

        var response = await new BotServer(new ServiceBot()).PostAsync(activity);

        var reply = Assert.Single(response.Json["activities"]!);
        Assert.Equal(("invokeResponse", 200), ((string?)reply["type"], (int?)reply["value"]!["Status"]));
    }

    [Fact]
    public async Task ProcessAsync_ExpectRepliesWithServiceUrlElsewhere_AnswersWithTheReplies()
    {
        var activity = BotServer.Message("https://example.com");
        activity["deliveryMode"] = "expectReplies";

        Assert.Single((await new BotServer(new EchoBot()).PostAsync(activity)).Json["activities"]!);
    }

    [Theory]
    [InlineData("message/submitAction", "{}", 200, """{"ok":true}""")]
    [InlineData("adaptiveCard/action", """{"action":{"type":"Action.Execute","verb":"rate"}}""", 200, """{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"rate"}""")]
    [InlineData("adaptiveCard/action", """{"action":{"type":"Action.Execute","verb":"forbidden"}}""", 403, "")]
    [InlineData("unheardOf", "{}", 501, "")]
    [InlineData("signin/verifyState", "{}", 501, "")]
    public async Task ProcessAsync_Invoke_AnswersStatusAndBodyOfTheResponse(string name, string value, int status, string body)
    {
        var activity = BotServer.Message("http://127.0.0.1:1");
        activity["type"] = "invoke";
        activity["name"] = name;
        activity["value"] = JObject.Parse(value);

        var response = await new BotServer(new ServiceBot()).PostAsync(activity);

        Assert.Equal((status, body), (response.Status, response.Body));
    }

    [Theory]
    [InlineData("""{"action":{"type":"Action.Submit","verb":"rate"}}""")]
    [InlineData("""{"action":null}""")]
    [InlineData("""{"action":[1]}""")]
    [InlineData("7")]
    public async Task ProcessAsync_BadCardInvoke_Answers400(string value)
    {
        var activity = BotServer.Message("http://127.0.0.1:1");
        activity["type"] = "invoke";
        activity["name"] = "adaptiveCard/action";
        activity["value"] = JToken.Parse(value);

        var response = await new BotServer(new ServiceBot()).PostAsync(activity);

        Assert.Equal(400, response.Status);
        Assert.Equal("application/vnd.microsoft.error", (string?)response.Json["type"]);
    }

    [Fact]
    public async Task ProcessAsync_InvokeThatNoHandlerAnswers_Answers501()
    {
        var activity = BotServer.Message("http://127.0.0.1:1");
        activity["type"] = "invoke";

        Assert.Equal(501, (await new BotServer(new CallbackBot((_, _) => Task.CompletedTask)).PostAsync(activity)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":""}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":"message"} {}""")]
    [InlineData("""{'type':'message'}""")]
    [InlineData("""{"type":"message","timestamp":"tomorrow"}""")]
    [InlineData("""{"type":"message","from":7}""")]
    [InlineData("""{"type":"message","entities":{"a":1}}""")]
    [InlineData("""{"type":"message","text":{"a":1}}""")]
    [InlineData("""{"type":"message",""")]
    public async Task ProcessAsync_BodyIsNoActivity_Answers400(string body) =>
        Assert.Equal(400, (await new BotServer(new EchoBot()).SendAsync(body)).Status);

    [Theory]
    [InlineData("channelData")]
    [InlineData("unknown")]
    public async Task ProcessAsync_BodyTooDeep_Answers400(string property)
    {
        var depth = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));

        Assert.Equal(400, (await new BotServer(new EchoBot()).SendAsync($$"""{"type":"message","{{property}}":{{depth}}}""")).Status);
    }

    [Theory]
    [InlineData(2048, 200)]
    [InlineData(2049, 413)]
    public async Task ProcessAsync_BodyAtTheLimit_AnswersBySize(int bytes, int status)
    {
        var server = new BotServer(new ActivityHandler(), new() { ["BotFramework:MaxActivityBytes"] = "2048" });

        var response = await server.SendAsync("""{"type":"event"}""".PadRight(bytes));

        Assert.Equal(status, response.Status);
        if (status == 413)
            Assert.Contains("2048", response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"utf-8\"", 200)]
    [InlineData("application/activity+json", 200)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("", 415)]
    public async Task ProcessAsync_ContentType_AnswersByIt(string contentType, int status) =>
        Assert.Equal(status, (await new BotServer(new ActivityHandler()).SendAsync("""{"type":"event"}""", contentType)).Status);

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task ProcessAsync_OtherMethod_Answers405(string method)
    {
        var response = await new BotServer(new EchoBot()).SendAsync("""{"type":"message"}""", method: method);

        Assert.Equal((405, "POST"), (response.Status, response.Headers.Allow.ToString()));
    }

    [Fact]
    public async Task ProcessAsync_BotThrows_HasOnTurnErrorAnswer()
    {
        await using var channel = await FakeChannel.StartAsync();
        var server = new BotServer(new CallbackBot((_, _) => throw new InvalidOperationException("secret")));
        server.Adapter.OnTurnError = (turn, _) => turn.SendActivityAsync("sorry");

        var response = await server.PostAsync(BotServer.Message(channel.Url));

        Assert.Equal(200, response.Status);
        Assert.Equal("sorry", (string?)Assert.Single(channel.Received).Json["text"]);
    }

    [Fact]
    public async Task ProcessAsync_BotThrowsWithoutOnTurnError_ThrowsToTheCaller()
    {
        var server = new BotServer(new CallbackBot((_, _) => throw new UnauthorizedAccessException("the bot's own")));

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => server.PostAsync(BotServer.Message("http://127.0.0.1:1")));
    }

    [Fact]
    public async Task ProcessAsync_Middleware_RunsInOrderAroundTheBot()
    {
        var order = new List<string>();
        var server = new BotServer(new CallbackBot((_, _) => { order.Add("bot"); return Task.CompletedTask; }));
        server.Adapter.Use(new NotingMiddleware("first", order)).Use(new NotingMiddleware("second", order));

        await server.PostAsync(BotServer.Message("http://127.0.0.1:1"));

        Assert.Equal(["first", "second", "bot", "after second", "after first"], order);
    }

    private sealed class NotingMiddleware(string name, List<string> order) : IMiddleware
    {
        public async Task OnTurnAsync(ITurnContext turnContext, NextDelegate next, CancellationToken cancellationToken = default)
        {
            order.Add(name);
            await next(cancellationToken);
            order.Add("after " + name);
        }
    }
}
