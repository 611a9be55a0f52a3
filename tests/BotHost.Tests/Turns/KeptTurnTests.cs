using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.BotHost.Turns;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>Messages through a host that keeps them: answered once, whatever becomes of it meanwhile.</summary>
public sealed class KeptTurnTests : IDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    // The clock of a test runs faster than a worker can renew a lease.
    private static readonly (string, string?) LongLease = ("OnnxChat:Turns:LeaseDuration", "00:05:00");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Message_HostEndsBeforeTheAnswer_IsAnsweredByTheNextAndSeenByTheSameClient()
    {
        var asked = new TaskCompletionSource();
        using var never = new ScriptedChatClient(async (_, token) =>
        {
            asked.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(token);
            return "";
        });
        string conversation, token, watermark;
        await using (var first = Host(never))
        {
            using var client = await DirectLineClient.StartAsync(first);
            await client.RepliesAsync(1);
            await client.SayAsync("where is my order");
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
            (conversation, token) = (client.ConversationId, client.Token);
            (_, watermark) = await client.ReadAsync();
            await first.Services.GetRequiredService<TurnWorkers>().StoppingAsync(new CancellationToken(canceled: true));
        }

        await using var second = Host();
        using var later = new DirectLineClient(second, conversation, token);
        var replies = await later.RepliesAsync(2);
        var (news, _) = await later.ReadAsync(watermark);

        Assert.Equal("Answer to where is my order", replies[1]);
        Assert.Equal(["Answer to where is my order"], news.Select(activity => (string?)activity["text"]));
    }

    [Fact]
    public async Task Deliver_ToAChannel_Has200BeforeTheAnswerAndNoSecondOneForTheSameActivity()
    {
        await using var channel = await FakeChannel.StartAsync();
        var model = new WritingChatClient();
        await using var host = Host(model);

        using var first = await host.DeliverAsync(Message(channel, "a1", "why"));
        using var again = await host.DeliverAsync(Message(channel, "a1", "why"));
        model.Write("Because.");
        model.End();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal("Because.", (string?)(await channel.NextSaidAsync())["text"]);
        await WaitForAsync(host, state => state.Waiting == 0);
        Assert.True(channel.HasNothing);
    }

    [Fact]
    public async Task Message_ModelFailsForAWhile_IsTriedAgainAndAnsweredOnce()
    {
        var calls = 0;
        using var model = new ScriptedChatClient((question, _) => ++calls < 3 ? throw new InvalidOperationException("inner") : Task.FromResult($"Answer to {question}"));
        await using var host = Host(model);
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);

        await client.SayAsync("why");
        await AdvanceUntilAsync(host, state => state.Waiting == 0);

        Assert.Equal((3, "Answer to why"), (calls, Assert.Single((await client.RepliesAsync(2)).Skip(1))));
    }

    [Fact]
    public async Task Message_ModelFailsToTheEnd_CustomerIsToldOnceAndAnOperatorCanReplayIt()
    {
        var fails = true;
        using var model = new ScriptedChatClient((question, _) => fails ? throw new InvalidOperationException("inner") : Task.FromResult($"Answer to {question}"));
        await using var host = Host(model);
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);

        await client.SayAsync("why");
        await AdvanceUntilAsync(host, state => state.Dead == 1);
        using var http = host.CreateClient();
        var listed = await http.GetStringAsync("/api/turns/dead", Cancelled);
        var dead = Assert.Single(JsonNode.Parse(listed)!.AsArray())!;
        fails = false;
        using var replayed = await http.PostAsync($"/api/turns/dead/{dead["id"]}/replay", null, Cancelled);
        using var again = await http.PostAsync($"/api/turns/dead/{dead["id"]}/replay", null, Cancelled);
        var replies = await client.RepliesAsync(3);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (replayed.StatusCode, again.StatusCode));
        Assert.Contains("InvalidOperationException, request ", (string)dead["failure"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("why", listed, StringComparison.Ordinal);
        Assert.StartsWith("Sorry, something went wrong", replies[1], StringComparison.Ordinal);
        Assert.Equal("Answer to why", replies[2]);
    }

    [Fact]
    public async Task Get_DeadLettersFromElsewhere_AreRefused()
    {
        await using var host = Host();
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/turns/dead");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.9");

        using var response = await http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Deliver_InboxIsFull_503AndTheChannelMayBringItAgain()
    {
        await using var channel = await FakeChannel.StartAsync();
        var model = new WritingChatClient();
        await using var host = Host(model, ("OnnxChat:Turns:MaxWaitingTurns", "1"));
        using var first = await host.DeliverAsync(Message(channel, "a1", "why"));

        using var refused = await host.DeliverAsync(Message(channel, "a2", "why"));
        model.Write("Because.");
        model.End();
        await channel.NextSaidAsync();
        await WaitForAsync(host, state => state.Waiting == 0);
        using var accepted = await host.DeliverAsync(Message(channel, "a2", "why"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (refused.StatusCode, accepted.StatusCode));
        Assert.Equal("5", refused.Headers.RetryAfter!.ToString());
    }

    [Fact]
    public async Task Start_InboxIsFull_503InDirectLinesForm()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var host = Host(new WritingChatClient(), ("OnnxChat:Turns:MaxWaitingTurns", "1"));
        using var first = await host.DeliverAsync(Message(channel, "a1", "why"));
        using var client = new DirectLineClient(host);
        await client.GenerateAsync();

        using var refused = await client.SendAsync(HttpMethod.Post, "conversations", new { });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("ServiceUnavailable", await DirectLineClient.ErrorCodeAsync(refused));
    }

    [Fact]
    public async Task Deliver_AsDeepAsTheProtocolAllows_IsAnswered()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var host = Host();
        var message = Message(channel, "a1", "why");
        // The activity and its channelData are two of the 64.
        JsonNode deep = new JsonObject();
        for (var depth = 0; depth < 61; depth++)
            deep = new JsonObject { ["d"] = deep };
        message["channelData"] = deep;

        using var response = await host.DeliverAsync(message);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Answer to why", (string?)(await channel.NextSaidAsync())["text"]);
    }

    [Fact]
    public async Task Post_WithTheSameNameOfTheClients_IsOneMessage()
    {
        await using var host = Host();
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        var message = new { type = "message", text = "why", channelData = new { clientActivityID = "17abc.2" } };

        using var first = await client.PostAsync(message);
        using var again = await client.PostAsync(message);
        await client.RepliesAsync(2);
        await WaitForAsync(host, state => state.Waiting == 0);

        Assert.Equal(await first.Content.ReadAsStringAsync(Cancelled), await again.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(["why", "Answer to why"], (await client.ReadAsync()).Activities.Skip(1).Select(activity => (string?)activity["text"]));
    }

    private TestHost Host(Microsoft.Extensions.AI.IChatClient? model = null, params (string Key, string? Value)[] settings) =>
        new([("OnnxChat:Turns:Store", "Sqlite"), ("OnnxChat:Turns:Folder", _folder["data"]), ("OnnxChat:Turns:MaxAttempts", "4"), LongLease, .. settings]) { Model = model ?? new ScriptedChatClient() };

    private static async Task WaitForAsync(TestHost host, Func<TurnInboxState, bool> isSo)
    {
        var inbox = host.Services.GetRequiredService<ITurnInbox>();
        while (!isSo(await inbox.StateAsync()))
            await Task.Yield();
    }

    private static async Task AdvanceUntilAsync(TestHost host, Func<TurnInboxState, bool> isSo)
    {
        var inbox = host.Services.GetRequiredService<ITurnInbox>();
        while (!isSo(await inbox.StateAsync()))
            host.Time.Advance(TimeSpan.FromMilliseconds(100));
    }

    private static JsonObject Message(FakeChannel channel, string id, string text) => new()
    {
        ["type"] = "message",
        ["id"] = id,
        ["channelId"] = "test",
        ["serviceUrl"] = channel.Url,
        ["from"] = new JsonObject { ["id"] = "user" },
        ["recipient"] = new JsonObject { ["id"] = "bot" },
        ["conversation"] = new JsonObject { ["id"] = "c1" },
        ["text"] = text,
    };
}
