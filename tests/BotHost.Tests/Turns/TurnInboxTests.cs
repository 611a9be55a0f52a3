using System.Text;
using Microsoft.Extensions.Time.Testing;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>What every inbox promises, whatever it keeps its turns in.</summary>
public abstract class TurnInboxTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<byte[]> NoReplies = [];

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private protected TurnsOptions Options { get; } = new();

    private protected abstract ITurnInbox Inbox { get; }

    private protected abstract IConversationStore Conversations { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Ends the inbox as the end of its process does, and opens it anew.</summary>
    private protected abstract Task RestartAsync();

    [Fact]
    public async Task Lease_NothingAccepted_IsEmpty() => Assert.Empty(await Inbox.LeaseAsync(10));

    [Fact]
    public async Task Lease_Accepted_HasWhatWasAccepted()
    {
        await Inbox.AcceptAsync(new InboundTurn("msteams", "c1", "a1", "payload €"));

        var lease = Assert.Single(await Inbox.LeaseAsync(10));

        Assert.Equal(("msteams", "c1", "a1", "payload €"), (lease.Turn.ChannelId, lease.Turn.ConversationId, lease.Turn.ActivityId, lease.Turn.Payload));
        Assert.Equal((1, false, null, Time.GetUtcNow() + Options.Deadline), (lease.Attempt, lease.IsExhausted, lease.LastFailure, lease.Deadline));
    }

    [Fact]
    public async Task Accept_SameActivityAgain_IsNotAccepted()
    {
        Assert.True(await AcceptAsync("c1", "a1"));
        var lease = await LeaseOneAsync();

        Assert.False(await AcceptAsync("c1", "a1"));
        Assert.True(await Inbox.CompleteAsync(lease, NoReplies));
        Assert.False(await AcceptAsync("c1", "a1"));
        Assert.Empty(await Inbox.LeaseAsync(10));
    }

    [Fact]
    public async Task Accept_SameIdElsewhereOrNone_IsAnotherMessage()
    {
        Assert.True(await AcceptAsync("c1", "a1"));
        Assert.True(await AcceptAsync("c2", "a1"));
        Assert.True(await Inbox.AcceptAsync(new InboundTurn("webchat", "c1", "a1", "x")));
        Assert.True(await AcceptAsync("c3", null));
        Assert.True(await AcceptAsync("c3", null));

        Assert.Equal(5, (await Inbox.StateAsync()).Waiting);
    }

    [Fact]
    public async Task Accept_SameActivityAfterTheWindow_IsAccepted()
    {
        await AcceptAsync("c1", "a1");
        await Inbox.CompleteAsync(await LeaseOneAsync(), NoReplies);

        Time.Advance(Options.DuplicateWindow);
        await Inbox.ForgetOldAsync();

        Assert.True(await AcceptAsync("c1", "a1"));
    }

    [Fact]
    public async Task Accept_TooManyWait_IsRefusedAndNothingIsKept()
    {
        Options.MaxWaitingTurns = 2;
        await AcceptAsync("c1", "a1");
        await AcceptAsync("c2", "a2");

        var full = await Assert.ThrowsAsync<TurnInboxFullException>(() => AcceptAsync("c3", "a3"));
        Assert.False(await AcceptAsync("c2", "a2"));
        await Inbox.CompleteAsync(await LeaseOneAsync(), NoReplies);

        Assert.False(full.OfConversation);
        Assert.Contains("MaxWaitingTurns", full.Message, StringComparison.Ordinal);
        Assert.True(await AcceptAsync("c3", "a3"));
    }

    [Fact]
    public async Task Accept_TooManyOfOneConversation_IsRefusedForItAlone()
    {
        await Inbox.AcceptAsync(new InboundTurn("test", "c1", "a1", "x") { MostInConversation = 1 });

        var full = await Assert.ThrowsAsync<TurnInboxFullException>(() => Inbox.AcceptAsync(new InboundTurn("test", "c1", "a2", "x") { MostInConversation = 1 }));

        Assert.True(full.OfConversation);
        Assert.True(await Inbox.AcceptAsync(new InboundTurn("test", "c2", "a2", "x") { MostInConversation = 1 }));
    }

    [Fact]
    public async Task Lease_OneConversation_GivesOneTurnAtATimeInOrder()
    {
        for (var i = 0; i < 5; i++)
            await AcceptAsync("c1", $"a{i}");

        for (var i = 0; i < 5; i++)
        {
            var lease = Assert.Single(await Inbox.LeaseAsync(10));
            Assert.Equal($"a{i}", lease.Turn.ActivityId);
            Assert.Empty(await Inbox.LeaseAsync(10));
            Assert.True(await Inbox.CompleteAsync(lease, NoReplies));
        }

        Assert.Empty(await Inbox.LeaseAsync(10));
    }

    [Fact]
    public async Task Lease_SeveralConversations_GivesTheOldestFirstAndNoMoreThanAsked()
    {
        foreach (var conversation in new[] { "c1", "c2", "c3" })
        {
            await AcceptAsync(conversation, "a");
            Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(["c1", "c2"], (await Inbox.LeaseAsync(2)).Select(lease => lease.Turn.ConversationId));
        Assert.Equal(["c3"], (await Inbox.LeaseAsync(2)).Select(lease => lease.Turn.ConversationId));
    }

    [Fact]
    public async Task Lease_HolderSilent_GoesToAnotherWithAGreaterFenceAndTheFirstCanDoNothing()
    {
        await AcceptAsync("c1", "a1");
        var first = await LeaseOneAsync();
        Time.Advance(Options.LeaseDuration - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await Inbox.LeaseAsync(1));

        Time.Advance(TimeSpan.FromMilliseconds(1));
        var second = await LeaseOneAsync();

        Assert.True(second.Fence > first.Fence);
        Assert.Equal((first.Id, 2), (second.Id, second.Attempt));
        Assert.False(await Inbox.RenewAsync(first));
        Assert.False(await Inbox.CompleteAsync(first, NoReplies));
        Assert.False(await Inbox.FailAsync(first, "x"));
        Assert.False(await Inbox.ReleaseAsync(first));
        Assert.False(await Inbox.BuryAsync(first, "x", NoReplies));
        Assert.True(await Inbox.CompleteAsync(second, NoReplies));
        Assert.False(await Inbox.CompleteAsync(second, NoReplies));
    }

    [Fact]
    public async Task Renew_InTime_KeepsTheLease()
    {
        await AcceptAsync("c1", "a1");
        var lease = await LeaseOneAsync();

        for (var i = 0; i < 3; i++)
        {
            Time.Advance(Options.LeaseDuration - TimeSpan.FromMilliseconds(1));
            Assert.True(await Inbox.RenewAsync(lease));
            Assert.Empty(await Inbox.LeaseAsync(1));
        }

        Assert.True(await Inbox.CompleteAsync(lease, NoReplies));
    }

    [Fact]
    public async Task Fail_ComesAgainAfterADelayThatGrowsAndIsExhaustedAtTheEnd()
    {
        Options.MaxAttempts = 3;
        await AcceptAsync("c1", "a1");
        await AcceptAsync("c1", "a2");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var lease = await LeaseOneAsync();
            Assert.Equal(("a1", attempt, false), (lease.Turn.ActivityId, lease.Attempt, lease.IsExhausted));
            Assert.True(await Inbox.FailAsync(lease, $"failure {attempt}"));
            if (attempt == 3)
                break;
            Time.Advance(Options.DelayAfter(attempt) - TimeSpan.FromMilliseconds(1));
            Assert.Empty(await Inbox.LeaseAsync(1));
            Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var last = await LeaseOneAsync();

        Assert.Equal((true, "failure 3"), (last.IsExhausted, last.LastFailure));
        Assert.True(await Inbox.BuryAsync(last, "given up", NoReplies));
        Assert.Equal("a2", (await LeaseOneAsync()).Turn.ActivityId);
    }

    [Fact]
    public async Task Lease_AfterTheDeadline_IsExhausted()
    {
        await AcceptAsync("c1", "a1");

        Time.Advance(Options.Deadline);

        Assert.True((await LeaseOneAsync()).IsExhausted);
    }

    [Fact]
    public async Task Release_ComesAgainAtOnceWithAllItsAttempts()
    {
        await AcceptAsync("c1", "a1");

        Assert.True(await Inbox.ReleaseAsync(await LeaseOneAsync()));

        Assert.Equal(1, (await LeaseOneAsync()).Attempt);
    }

    [Fact]
    public async Task Bury_IsListedWithoutItsTextAndReplayedBehindWhatWaits()
    {
        Options.MaxAttempts = 1;
        await AcceptAsync("c1", "a1");
        var lease = await LeaseOneAsync();
        await AcceptAsync("c1", "a2");
        Time.Advance(TimeSpan.FromSeconds(5));
        await Inbox.BuryAsync(lease, "no connection", NoReplies);

        var dead = Assert.Single(await Inbox.ListDeadAsync(10));
        var state = await Inbox.StateAsync();
        Assert.True(await Inbox.ReplayAsync(dead.Id));

        Assert.Equal(("c1", "a1", 1, "no connection", TimeSpan.FromSeconds(5)), (dead.ConversationId, dead.ActivityId, dead.Attempts, dead.Failure, dead.DiedAt - dead.AcceptedAt));
        Assert.Equal((1, 1), (state.Waiting, state.Dead));
        Assert.False(await Inbox.ReplayAsync(dead.Id));
        var waiting = await LeaseOneAsync();
        Assert.Equal("a2", waiting.Turn.ActivityId);
        await Inbox.CompleteAsync(waiting, NoReplies);
        var replayed = await LeaseOneAsync();
        Assert.Equal(("a1", 1, false, Time.GetUtcNow() + Options.Deadline), (replayed.Turn.ActivityId, replayed.Attempt, replayed.IsExhausted, replayed.Deadline));
    }

    [Fact]
    public async Task ForgetOld_DeadLetterOverItsDays_IsGone()
    {
        await AcceptAsync("c1", "a1");
        await Inbox.BuryAsync(await LeaseOneAsync(), "x", NoReplies);
        Time.Advance(TimeSpan.FromDays(Options.DeadLetterDays) - TimeSpan.FromSeconds(1));
        await Inbox.ForgetOldAsync();
        Assert.Single(await Inbox.ListDeadAsync(10));

        Time.Advance(TimeSpan.FromSeconds(1));
        await Inbox.ForgetOldAsync();

        Assert.Empty(await Inbox.ListDeadAsync(10));
    }

    [Fact]
    public async Task ForgetConversation_WaitingRunningAndDead_AreGone()
    {
        await AcceptAsync("c1", "a1");
        await Inbox.BuryAsync(await LeaseOneAsync(), "x", NoReplies);
        await AcceptAsync("c1", "a2");
        await AcceptAsync("c1", "a3");
        await AcceptAsync("c2", "a4");
        var running = (await Inbox.LeaseAsync(10)).Single(lease => lease.Turn.ConversationId == "c1");

        Assert.Equal(3, await Inbox.ForgetConversationAsync("test", "c1"));

        Assert.False(await Inbox.RenewAsync(running));
        Assert.False(await Inbox.CompleteAsync(running, NoReplies));
        var state = await Inbox.StateAsync();
        Assert.Equal((1, 0), (state.Waiting, state.Dead));
    }

    [Fact]
    public async Task State_SaysWhatWaitsAndSinceWhen()
    {
        var began = Time.GetUtcNow();
        await AcceptAsync("c1", "a1");
        Time.Advance(TimeSpan.FromSeconds(3));
        await AcceptAsync("c1", "a2");

        Assert.Equal(new TurnInboxState(2, 0, began), await Inbox.StateAsync());
        await Inbox.CompleteAsync(await LeaseOneAsync(), NoReplies);
        await Inbox.CompleteAsync(await LeaseOneAsync(), NoReplies);
        Assert.Equal(new TurnInboxState(0, 0, null), await Inbox.StateAsync());
    }

    [Fact]
    public async Task WaitForTurns_OneIsAccepted_Ends()
    {
        var waiting = Inbox.WaitForTurnsAsync(TestContext.Current.CancellationToken);

        await AcceptAsync("c1", "a1");

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Complete_WithReplies_ShowsThemInTheSameStep()
    {
        List<ShownActivity> shown = [];
        await Conversations.StartAsync("c1", "user");
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
    public async Task Accept_ManyAtOnce_EachIsLeasedOnceAndInOrderOfItsConversation()
    {
        const int Conversations = 20, Messages = 15, Workers = 4;
        await Task.WhenAll(Enumerable.Range(0, Conversations).Select(async conversation =>
        {
            for (var i = 0; i < Messages; i++)
                await AcceptAsync($"c{conversation}", $"{i:d3}");
        }));

        var done = new System.Collections.Concurrent.ConcurrentQueue<(string Conversation, string? Activity)>();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            while (done.Count < Conversations * Messages)
            {
                foreach (var lease in await Inbox.LeaseAsync(3))
                {
                    done.Enqueue((lease.Turn.ConversationId, lease.Turn.ActivityId));
                    Assert.True(await Inbox.CompleteAsync(lease, NoReplies));
                }
            }
        }));

        Assert.Equal(Conversations * Messages, done.Distinct().Count());
        Assert.All(done.GroupBy(turn => turn.Conversation), turns => Assert.Equal(turns.Select(turn => turn.Activity).Order(StringComparer.Ordinal), turns.Select(turn => turn.Activity)));
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

    private protected Task<bool> AcceptAsync(string conversation, string? activity) => Inbox.AcceptAsync(new InboundTurn("test", conversation, activity, $"{conversation} {activity}"));

    private protected async Task<TurnLease> LeaseOneAsync() => Assert.Single(await Inbox.LeaseAsync(1));

    private static (long Number, string Text) Said(ShownActivity activity) => (activity.Number, Encoding.UTF8.GetString(activity.Json));
}
