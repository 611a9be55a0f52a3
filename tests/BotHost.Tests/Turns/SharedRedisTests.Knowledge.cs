using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Review;

namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>What hosts know of each other's customers.</summary>
public sealed partial class SharedRedisTests
{
    private static readonly HandOffKey Conversation = new("omnichannel", "c1");

    [Fact]
    public async Task Take_AtBothHosts_IsCountedTogetherAndForEachAlone()
    {
        Assert.Null(await _first.Rates.TakeAsync("start", "10.0.0.1", 2));
        Assert.Null(await _second.Rates.TakeAsync("start", "10.0.0.1", 2));

        Assert.InRange((await _first.Rates.TakeAsync("start", "10.0.0.1", 2))!.Value, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        Assert.Null(await _first.Rates.TakeAsync("start", "10.0.0.2", 2));
        Assert.Null(await _first.Rates.TakeAsync("openai", "10.0.0.1", 2));
        Assert.DoesNotContain(await Keys(), key => key.Contains("10.0.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Take_ServerIsDead_IsCountedAtTheHostAlone()
    {
        await _server.KillAsync();

        Assert.Null(await _first.Rates.TakeAsync("start", "10.0.0.1", 1));
        Assert.NotNull(await _first.Rates.TakeAsync("start", "10.0.0.1", 1));
    }

    [Fact]
    public async Task Attendance_PageOpenAtOneHost_IsKnownAtTheOther()
    {
        Assert.False(await _second.Attendance.IsAttendedAsync());

        await _first.Attendance.NoteAsync();

        Assert.True(await _second.Attendance.IsAttendedAsync());
    }

    [Fact]
    public async Task Transcripts_SaidAtBothHosts_AreOneAndBounded()
    {
        for (var i = 1; i <= 25; i++)
            await (i % 2 == 0 ? _first : _second).Transcripts.AddAsync(Conversation, new SaidMessage("message", null, new SaidMessage.Speaker("u", "user"), $"{i}"));

        Assert.Equal(Enumerable.Range(6, 20).Select(i => $"{i}"), (await _first.Transcripts.OfAsync(Conversation)).Select(said => said.Text));
        Assert.Equal(20, await _second.Transcripts.DeleteAsync(Conversation.ChannelId, Conversation.ConversationId, CancellationToken));
        Assert.Empty(await _first.Transcripts.OfAsync(Conversation));
    }

    [Fact]
    public async Task Unrated_RepliedAtOneHost_IsRatedAtTheOtherAndTheOldestGo()
    {
        var reply = new UnratedReply("en", "question", "answer");
        await _first.Unrated.AddAsync(Conversation, reply, ["q1", "r1"]);

        Assert.Equal((reply, reply, null), (await _second.Unrated.FindAsync(Conversation, "q1"), await _second.Unrated.FindAsync(Conversation, "r1"), await _second.Unrated.FindAsync(Conversation, null)));

        foreach (var other in new[] { "c2", "c3" })
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _first.Unrated.AddAsync(Conversation with { ConversationId = other }, reply, ["q", "r"]);
        }

        Assert.Null(await _second.Unrated.FindAsync(Conversation, "q1"));
        Assert.NotNull(await _second.Unrated.FindAsync(Conversation with { ConversationId = "c3" }, "q"));
        Assert.Equal(2, await _second.Unrated.DeleteAsync(Conversation.ChannelId, "c3", CancellationToken));
        Assert.Null(await _first.Unrated.FindAsync(Conversation with { ConversationId = "c3" }, "q"));
    }

    [Fact]
    public async Task Open_AccountThatMayUseItsOwnKeysOnly_IsEnough()
    {
        // What docs/deploy.md gives the hosts.
        await _first.Store.DoAsync(database => database.ExecuteAsync(
            "ACL", "SETUSER", "onnxchat", "on", ">s3cret", "~{onnxchat}:*", "&{onnxchat}:*", "+@all", "-@dangerous", "+info", "+bgrewriteaof"));
        await using var host = new RedisHost($"{_server.Address},user=onnxchat,password=s3cret", _options, new(), new(), _time);
        await host.Conversations.StartAsync("c1", "user");
        var shown = Watch(host, 2);
        await host.Conversations.FollowAsync("c1");

        await host.Inbox.AcceptAsync(Turn("a1", "question"));
        await host.Inbox.CompleteAsync(Assert.Single(await host.Inbox.LeaseAsync(1)), ["answer"u8.ToArray()]);
        await host.Inbox.ForgetConversationAsync(Channel, "c1");

        Assert.Equal(["1 question", "2 answer"], await shown);
    }
}
