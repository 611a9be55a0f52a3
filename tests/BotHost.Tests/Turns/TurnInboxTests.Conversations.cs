using System.Text;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>Turns and what the clients of their conversation are shown, in one step.</summary>
public abstract partial class TurnInboxTests
{
    [Fact]
    public async Task Complete_WithReplies_ShowsThemInTheSameStep()
    {
        List<ShownActivity> shown = [];
        await Conversations.StartAsync("c1", "user");
        await Conversations.FollowAsync("c1");
        Conversations.Appended += shown.Add;
        await Inbox.AcceptAsync(new InboundTurn("test", "c1", "a1", "x") { Shown = "question"u8.ToArray() });
        var first = await LeaseOneAsync();
        Time.Advance(Options.LeaseDuration);
        var second = await LeaseOneAsync();

        Assert.False(await Inbox.CompleteAsync(first, ["stale"u8.ToArray()]));
        Assert.True(await Inbox.CompleteAsync(second, ["one"u8.ToArray(), "two"u8.ToArray()]));

        Assert.Equal([(1, "question"), (2, "one"), (3, "two")], shown.Select(Said));
        Assert.Equal([(1, "question"), (2, "one"), (3, "two")], (await Conversations.FindAsync("c1"))!.Activities.Select(Said));
    }

    [Fact]
    public async Task Accept_AgainWithSomethingToShow_ShowsItOnce()
    {
        await Conversations.StartAsync("c1", "user");
        var turn = new InboundTurn("test", "c1", "a1", "x") { Shown = "question"u8.ToArray() };

        await Inbox.AcceptAsync(turn);
        await Inbox.AcceptAsync(turn);

        Assert.Single((await Conversations.FindAsync("c1"))!.Activities);
    }

    [Fact]
    public async Task Restart_NothingAcceptedIsLostAndNothingAnsweredComesBack()
    {
        await Conversations.StartAsync("c1", "user");
        await Inbox.AcceptAsync(new InboundTurn("test", "c1", "a1", "x") { Shown = "question"u8.ToArray() });
        await Inbox.CompleteAsync(await LeaseOneAsync(), ["answer"u8.ToArray()]);
        await AcceptAsync("c1", "a2");
        await AcceptAsync("c2", "a3");
        var held = (await Inbox.LeaseAsync(1)).Single();

        await RestartAsync();
        Time.Advance(Options.LeaseDuration);

        Assert.False(await AcceptAsync("c1", "a1"));
        Assert.Equal([("c1", "a2"), ("c2", "a3")], (await Inbox.LeaseAsync(10)).Select(lease => (lease.Turn.ConversationId, lease.Turn.ActivityId)).Order());
        Assert.False(await Inbox.CompleteAsync(held, NoReplies));
        Assert.Equal(["question", "answer"], (await Conversations.FindAsync("c1"))!.Activities.Select(activity => Encoding.UTF8.GetString(activity.Json)));
    }

    [Fact]
    public async Task Conversations_OverTheirBounds_LoseTheOldestAndTakeNoMore()
    {
        Assert.True(await Conversations.StartAsync("c1", "user"));
        Assert.True(await Conversations.StartAsync("c2", "user"));
        Assert.False(await Conversations.StartAsync("c3", "user"));
        Assert.True(await Conversations.StartAsync("c2", "user"));
        for (var i = 1; i <= 12; i++)
            await Conversations.AppendAsync("c1", [(byte)i]);
        for (var i = 1; i <= 3; i++)
            await Conversations.AppendAsync("c2", new byte[3_000]);

        Assert.Equal(Enumerable.Range(3, 10).Select(number => (long)number), (await Conversations.FindAsync("c1"))!.Activities.Select(activity => activity.Number));
        Assert.Equal([3L], (await Conversations.FindAsync("c2"))!.Activities.Select(activity => activity.Number));
        Assert.False(await Conversations.AppendAsync("c3", [1]));
        Assert.Null(await Conversations.FindAsync("c3"));
    }

    [Fact]
    public async Task ForgetIdle_UntouchedWithoutWork_IsGone()
    {
        await Conversations.StartAsync("busy", "user");
        await Conversations.StartAsync("idle", "user");
        await Inbox.AcceptAsync(new InboundTurn(Microsoft.Bot.Connector.Channels.Webchat, "busy", "a1", "x"));
        var then = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["idle"], await Conversations.ForgetIdleAsync(then));

        await Conversations.TouchAsync("busy");
        await Inbox.CompleteAsync(await LeaseOneAsync(), []);
        Assert.Empty(await Conversations.ForgetIdleAsync(then));
        Assert.NotNull(await Conversations.FindAsync("busy"));
    }

    private static (long Number, string Text) Said(ShownActivity activity) => (activity.Number, Encoding.UTF8.GetString(activity.Json));
}
