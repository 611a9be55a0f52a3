using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.BotHost.Turns;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>More messages than the host answers in time: they are refused, or told so, at once.</summary>
public sealed class UnderLoadTests : IDisposable
{
    private const string Busy = "Many people are asking me questions right now. Please send yours again in a moment.";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deliver_MoreThanIsAnsweredInTimeAtThePresentPace_503UntilAPlaceIsFree()
    {
        await using var channel = await FakeChannel.StartAsync();
        var (asked, mayAnswer) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        using var model = new ScriptedChatClient(async (question, token) =>
        {
            asked.Release();
            await mayAnswer.WaitAsync(token);
            return $"Answer to {question}";
        });
        await using var host = Host(model, ("OnnxChat:Turns:MaxExpectedWait", "00:00:45"));
        using var first = await host.DeliverAsync(Message(channel, "1"));
        await asked.WaitAsync(Cancelled);
        // Before anything is known of the pace, everything is taken.
        using var second = await host.DeliverAsync(Message(channel, "2"));
        await asked.WaitAsync(Cancelled);
        host.Time.Advance(TimeSpan.FromSeconds(60));
        mayAnswer.Release(2);
        await EmptyAsync(host);
        while (host.Services.GetRequiredService<TurnPace>().Within(TimeSpan.FromSeconds(45)) == int.MaxValue)
            await Task.Yield();

        // A turn takes a minute: of two, one would be late.
        using var third = await host.DeliverAsync(Message(channel, "3"));
        await asked.WaitAsync(Cancelled);
        using var refused = await host.DeliverAsync(Message(channel, "4"));
        mayAnswer.Release();
        await EmptyAsync(host);
        using var later = await host.DeliverAsync(Message(channel, "4"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode, third.StatusCode));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        mayAnswer.Release();
        await EmptyAsync(host);
    }

    [Fact]
    public async Task Deliver_FullAndPolicyIsReply_CustomerIsToldAndNothingIsKept()
    {
        await using var channel = await FakeChannel.StartAsync();
        var model = new WritingChatClient();
        await using var host = Host(model, ("OnnxChat:Turns:MaxWaitingTurns", "1"), ("OnnxChat:Turns:WhenBusy", "Reply"));
        using var first = await host.DeliverAsync(Message(channel, "1"));
        await model.Asked.WaitAsync(Cancelled);

        using var second = await host.DeliverAsync(Message(channel, "2"));
        var told = await channel.NextSaidAsync();

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal((Busy, "c2"), ((string?)told["text"], (string?)told["conversation"]!["id"]));
        model.Write("Because.");
        model.End();
        Assert.Equal("Because.", (string?)(await channel.NextSaidAsync())["text"]);
        await EmptyAsync(host);
        Assert.True(channel.HasNothing);
    }

    [Fact]
    public async Task Deliver_PolicyIsReplyAndTheChannelTakesNone_OnlySoManyWaitForIt()
    {
        await using var channel = await FakeChannel.StartAsync();
        var model = new WritingChatClient();
        await using var host = Host(model, ("OnnxChat:Turns:MaxWaitingTurns", "1"), ("OnnxChat:Turns:WhenBusy", "Reply"), ("OnnxChat:Turns:MaxBusyReplies", "2"));
        using var first = await host.DeliverAsync(Message(channel, "0"));
        await model.Asked.WaitAsync(Cancelled);
        var held = new TaskCompletionSource();
        channel.Holds = held.Task;

        List<Task<HttpResponseMessage>> deliveries = [.. Enumerable.Range(1, 5).Select(i => host.DeliverAsync(Message(channel, $"{i}")))];
        for (var refused = 0; refused < 3; refused++)
        {
            var refusal = await Task.WhenAny(deliveries).WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
            deliveries.Remove(refusal);
            using var response = await refusal;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        held.SetResult();
        foreach (var delivery in deliveries)
        {
            using var response = await delivery;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        model.End();
    }

    [Fact]
    public async Task Post_FullAndPolicyIsReply_CustomerIsToldInTheConversation()
    {
        await using var channel = await FakeChannel.StartAsync();
        var model = new WritingChatClient();
        await using var host = Host(model, ("OnnxChat:Turns:MaxWaitingTurns", "1"), ("OnnxChat:Turns:WhenBusy", "Reply"));
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        await EmptyAsync(host);
        using var first = await host.DeliverAsync(Message(channel, "1"));
        await model.Asked.WaitAsync(Cancelled);

        var id = await client.SayAsync("why");
        var told = (await client.ReplyActivitiesAsync(2))[1];

        Assert.Equal((Busy, id), ((string?)told["text"], (string?)told["replyToId"]));
        Assert.Contains((await client.ReadAsync()).Activities, activity => (string?)activity["text"] == "why");
        model.End();
    }

    [Fact]
    public async Task Deliver_SenderWritesTooOften_429ForThatSenderAlone()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var host = Host(settings: ("OnnxChat:Turns:MaxMessagesPerMinute", "2"));
        foreach (var id in new[] { "1", "2" })
            (await host.DeliverAsync(Message(channel, id))).EnsureSuccessStatusCode().Dispose();
        var ofAnother = Message(channel, "4");
        ofAnother["from"]!["id"] = "another";

        using var refused = await host.DeliverAsync(Message(channel, "3"));
        using var accepted = await host.DeliverAsync(ofAnother);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, accepted.StatusCode));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await EmptyAsync(host);
    }

    [Fact]
    public async Task Post_SenderWritesTooOften_429InDirectLinesForm()
    {
        await using var host = Host(settings: ("OnnxChat:Turns:MaxMessagesPerMinute", "1"));
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("why");

        using var refused = await client.PostAsync(new { type = "message", text = "why" });

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("TooManyRequests", await DirectLineClient.ErrorCodeAsync(refused));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    private TestHost Host(Microsoft.Extensions.AI.IChatClient? model = null, params (string Key, string? Value)[] settings) =>
        new([("OnnxChat:Turns:Store", "Sqlite"), ("OnnxChat:Turns:Folder", _folder["data"]), ("OnnxChat:Turns:LeaseDuration", "00:05:00"), .. settings]) { Model = model ?? new ScriptedChatClient() };

    private static async Task EmptyAsync(TestHost host)
    {
        var inbox = host.Services.GetRequiredService<ITurnInbox>();
        while ((await inbox.StateAsync()).Waiting > 0)
            await Task.Yield();
    }

    private static JsonObject Message(FakeChannel channel, string id) => new()
    {
        ["type"] = "message",
        ["id"] = id,
        ["channelId"] = "test",
        ["serviceUrl"] = channel.Url,
        ["from"] = new JsonObject { ["id"] = "user" },
        ["recipient"] = new JsonObject { ["id"] = "bot" },
        ["conversation"] = new JsonObject { ["id"] = $"c{id}" },
        ["text"] = "why",
    };
}
