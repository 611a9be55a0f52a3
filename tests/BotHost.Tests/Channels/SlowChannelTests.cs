using System.Net;
using System.Text.Json.Nodes;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Channels;

/// <summary>A connector service that does not answer, beside one that does.</summary>
public sealed class SlowChannelTests : IAsyncDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TestHost _host = new(("BotFramework:OutboundDelay", "00:00:01"));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Message_ChannelDoesNotAnswer_OthersAreAnsweredMeanwhileAndItsReplyIsNotLost()
    {
        await using var slow = await FakeChannel.StartAsync();
        await using var quick = await FakeChannel.StartAsync();
        var held = new TaskCompletionSource();
        slow.Holds = held.Task;
        List<Task<HttpResponseMessage>> waiting = [.. Enumerable.Range(0, 40).Select(i => _host.DeliverAsync(Message(slow, $"slow-{i}")))];

        for (var i = 0; i < 20; i++)
        {
            using var response = await _host.DeliverAsync(Message(quick, $"quick-{i}"));
            Assert.Equal("Answer to hello", (string?)(await quick.NextSaidAsync())["text"]);
        }

        Assert.DoesNotContain(waiting, turn => turn.IsCompleted);
        held.SetResult();
        foreach (var turn in waiting)
        {
            using var response = await turn.WaitAsync(Cancelled);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var answered = new HashSet<string>();
        for (var i = 0; i < waiting.Count; i++)
            Assert.True(answered.Add((string)(await slow.NextSaidAsync())["conversation"]!["id"]!));
        Assert.True(slow.HasNothing);
    }

    [Fact]
    public async Task Message_ChannelTakesNoReplies_OnlySoManyPlacesWaitForIt()
    {
        using var folder = new TemporaryFolder();
        await using var host = new TestHost(("OnnxChat:Turns:Store", "Sqlite"), ("OnnxChat:Turns:Folder", folder["data"]), ("OnnxChat:Turns:MaxConcurrentTurns", "3"), ("OnnxChat:Turns:MaxConcurrentTurnsOfChannel", "2"));
        await using var dead = await FakeChannel.StartAsync();
        await using var live = await FakeChannel.StartAsync();
        var held = new TaskCompletionSource();
        dead.Holds = held.Task;
        for (var i = 0; i < 20; i++)
            (await host.DeliverAsync(Message(dead, $"dead-{i}"))).Dispose();

        for (var i = 0; i < 20; i++)
        {
            var message = Message(live, $"live-{i}");
            message["channelId"] = "msteams";
            using var response = await host.DeliverAsync(message);
            Assert.Equal("Answer to hello", (string?)(await live.NextSaidAsync())["text"]);
        }

        Assert.True(dead.HasNothing);
        held.SetResult();
        var answered = new HashSet<string>();
        for (var i = 0; i < 20; i++)
            Assert.True(answered.Add((string)(await dead.NextSaidAsync())["conversation"]!["id"]!));
    }

    private static JsonObject Message(FakeChannel channel, string conversation) => new()
    {
        ["type"] = "message",
        ["id"] = "1",
        ["channelId"] = "webchat",
        ["serviceUrl"] = channel.Url,
        ["from"] = new JsonObject { ["id"] = "user" },
        ["recipient"] = new JsonObject { ["id"] = "bot" },
        ["conversation"] = new JsonObject { ["id"] = conversation },
        ["text"] = "hello",
    };
}
