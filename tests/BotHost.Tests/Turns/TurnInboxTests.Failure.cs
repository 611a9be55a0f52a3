namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>Turns that fail, are given back, given up and deleted.</summary>
public abstract partial class TurnInboxTests
{
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
}
