using System.Net;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Time.Testing;
using OnnxChat.BotFramework.Tests.Compatibility;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Protocol;

public class ConnectorTests
{
    private static readonly Dictionary<string, string?> DefaultDelays = new() { ["BotFramework:OutboundDelay"] = "00:00:01" };

    [Fact]
    public async Task Send_ReplyUpdateAndDelete_CallTheirPaths()
    {
        await using var channel = await FakeChannel.StartAsync();
        var activity = BotServer.Message(channel.Url + "/base/");
        activity["conversation"]!["id"] = "a/b c?中";

        var response = await new BotServer(new ServiceBot()).PostAsync(activity);

        Assert.Equal(200, response.Status);
        const string Activities = "/base/v3/conversations/a%2Fb%20c%3F%E4%B8%AD/activities/";
        Assert.Equal(
            [("POST", Activities + "a1"), ("POST", Activities + "a1"), ("PUT", Activities + "r2"), ("DELETE", Activities + "r2")],
            channel.Received.Select(request => (request.Method, request.Path)));
        var reply = channel.Received[1].Json;
        Assert.Equal("hello", (string?)reply["text"]);
        Assert.Equal("AIGeneratedContent", (string?)reply["entities"]![0]!["additionalType"]![0]);
        Assert.Null(reply.Property("speak"));
        Assert.Null(reply.Property("id"));
    }

    [Fact]
    public async Task Send_ActivityWithoutId_GoesToTheConversation()
    {
        await using var channel = await FakeChannel.StartAsync();
        var activity = BotServer.Message(channel.Url);
        activity.Remove("id");

        await new BotServer(new EchoBot()).PostAsync(activity);

        Assert.Equal("/v3/conversations/c1/activities", Assert.Single(channel.Received).Path);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task Send_ConversationThatWouldLeaveThePath_IsRefused(string id)
    {
        await using var channel = await FakeChannel.StartAsync();
        var activity = BotServer.Message(channel.Url);
        activity["conversation"]!["id"] = id;

        await Assert.ThrowsAsync<ArgumentException>(() => new BotServer(new EchoBot()).PostAsync(activity));
        Assert.Empty(channel.Received);
    }

    [Fact]
    public async Task Send_Trace_GoesToTheEmulatorOnly()
    {
        await using var channel = await FakeChannel.StartAsync();
        var server = new BotServer(new CallbackBot((turn, token) => turn.SendActivityAsync((IActivity)turn.Activity.CreateTrace("t"), token)));
        var elsewhere = BotServer.Message(channel.Url);
        elsewhere["channelId"] = "msteams";

        await server.PostAsync(elsewhere);
        await server.PostAsync(BotServer.Message(channel.Url));

        Assert.Equal("emulator", (string?)Assert.Single(channel.Received).Json["channelId"]);
    }

    [Theory]
    [InlineData(412)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Send_TransientFailures_AreTriedAgain(int status)
    {
        await using var channel = await FakeChannel.StartAsync(status, status, status, status);

        await new BotServer(new EchoBot()).PostAsync(BotServer.Message(channel.Url));

        Assert.Equal(5, channel.Received.Count);
        Assert.Single(channel.Received.Select(request => request.Body).Distinct());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Send_OtherFailure_IsThrownAtOnce(int status)
    {
        await using var channel = await FakeChannel.StartAsync(status);

        var exception = await Assert.ThrowsAsync<ErrorResponseException>(() => new BotServer(new EchoBot()).PostAsync(BotServer.Message(channel.Url)));

        Assert.Equal(status, (int)exception.Response.StatusCode);
        Assert.Single(channel.Received);
    }

    [Fact]
    public async Task Send_TransientFailuresWithoutEnd_ThrowAfterTheLastRetry()
    {
        await using var channel = await FakeChannel.StartAsync(503, 503, 503);
        var server = new BotServer(new EchoBot(), new() { ["BotFramework:OutboundRetries"] = "2" });

        var exception = await Assert.ThrowsAsync<ErrorResponseException>(() => server.PostAsync(BotServer.Message(channel.Url)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, exception.Response.StatusCode);
        Assert.Equal(3, channel.Received.Count);
    }

    [Fact]
    public async Task Send_ConnectionBreaks_IsTriedAgain()
    {
        await using var channel = await FakeChannel.StartAsync();
        channel.Answers.Enqueue(context => { context.Abort(); return Task.CompletedTask; });

        await new BotServer(new EchoBot()).PostAsync(BotServer.Message(channel.Url));

        Assert.Equal(2, channel.Received.Count);
    }

    [Fact]
    public async Task Send_RetryAfter_IsWaitedFor()
    {
        var time = new RecordingTimeProvider();
        await using var channel = await FakeChannel.StartAsync();
        channel.Answers.Enqueue(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        });

        await new BotServer(new EchoBot(), DefaultDelays, time).PostAsync(BotServer.Message(channel.Url));

        Assert.Equal([TimeSpan.FromSeconds(7)], time.Delays);
        Assert.Equal(2, channel.Received.Count);
    }

    [Fact]
    public async Task Send_RetryAfterBeyondTheDeadline_IsNotWaitedFor()
    {
        await using var channel = await FakeChannel.StartAsync();
        channel.Answers.Enqueue(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<ErrorResponseException>(() => new BotServer(new EchoBot()).PostAsync(BotServer.Message(channel.Url)));

        Assert.Single(channel.Received);
    }

    [Fact]
    public async Task Send_RetriesWithoutRetryAfter_BackOff()
    {
        var time = new RecordingTimeProvider();
        await using var channel = await FakeChannel.StartAsync(503, 503, 503, 503);

        await new BotServer(new EchoBot(), DefaultDelays, time).PostAsync(BotServer.Message(channel.Url));

        Assert.Equal(4, time.Delays.Count);
        Assert.All(time.Delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
        Assert.Equal(4, time.Delays.Distinct().Count());
    }

    [Fact]
    public async Task Send_TurnIsCancelledBetweenRetries_StopsTrying()
    {
        using var turnEnds = new CancellationTokenSource();
        await using var channel = await FakeChannel.StartAsync();
        channel.Answers.Enqueue(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.OnCompleted(turnEnds.CancelAsync);
            return Task.CompletedTask;
        });
        var server = new BotServer(new EchoBot(), DefaultDelays, new FakeTimeProvider());
        var reference = new ConversationReference(conversation: new ConversationAccount(id: "c"), channelId: "emulator", serviceUrl: channel.Url);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Adapter.ContinueConversationAsync(
            "", reference, (turn, token) => turn.SendActivityAsync("hi", cancellationToken: token), turnEnds.Token));

        Assert.Single(channel.Received);
    }

    [Fact]
    public async Task Send_ChannelDoesNotAnswer_ThrowsWithTheLimit()
    {
        await using var channel = await FakeChannel.StartAsync();
        channel.Answers.Enqueue(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var server = new BotServer(new EchoBot(), new() { ["BotFramework:AttemptTimeout"] = "00:00:00.05", ["BotFramework:OutboundRetries"] = "0" });

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => server.PostAsync(BotServer.Message(channel.Url)));

        Assert.Contains("BotFramework:OutboundTimeout", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com", "MicrosoftAppId")]
    [InlineData("http://169.254.169.254/latest", "MicrosoftAppId")]
    [InlineData("http://10.0.0.1", "MicrosoftAppId")]
    [InlineData("file:///etc/passwd", "http or https")]
    [InlineData("/relative", "http or https")]
    [InlineData("ftp://127.0.0.1", "http or https")]
    [InlineData("http://user:pass@127.0.0.1", "user name")]
    [InlineData("http://127.0.0.1.example.com", "MicrosoftAppId")]
    public async Task ProcessAsync_AnonymousWithServiceUrlElsewhere_Answers400WithTheReason(string serviceUrl, string reason)
    {
        var bot = new CallbackBot((_, _) => Task.CompletedTask);

        var response = await new BotServer(bot).PostAsync(BotServer.Message(serviceUrl));

        Assert.Equal((400, 0), (response.Status, bot.Turns));
        Assert.Contains(reason, (string?)response.Json["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContinueConversation_StoredReference_SendsThere()
    {
        await using var channel = await FakeChannel.StartAsync();
        ConversationReference? reference = null;
        var server = new BotServer(new CallbackBot((turn, _) => { reference = turn.Activity.GetConversationReference(); return Task.CompletedTask; }));
        await server.PostAsync(BotServer.Message(channel.Url));

        await server.Adapter.ContinueConversationAsync(
            "", reference, (turn, token) => turn.SendActivityAsync("later", cancellationToken: token), TestContext.Current.CancellationToken);

        var sent = Assert.Single(channel.Received);
        Assert.Equal(("later", "u1"), ((string?)sent.Json["text"], (string?)sent.Json["recipient"]!["id"]));
    }

    [Fact]
    public async Task CreateConversation_Parameters_StartsATurnInIt()
    {
        await using var channel = await FakeChannel.StartAsync();
        var server = new BotServer(new EchoBot());

        await server.Adapter.CreateConversationAsync(
            "", "emulator", channel.Url, null, new ConversationParameters(bot: new ChannelAccount("b1")),
            (turn, token) => turn.SendActivityAsync("first", cancellationToken: token), TestContext.Current.CancellationToken);

        Assert.Equal("/v3/conversations", channel.Received[0].Path);
        Assert.StartsWith("/v3/conversations/r1/activities", channel.Received[1].Path, StringComparison.Ordinal);
    }
}
