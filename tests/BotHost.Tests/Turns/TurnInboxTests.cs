using Microsoft.Extensions.Time.Testing;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>What every inbox promises, whatever it keeps its turns in.</summary>
public abstract partial class TurnInboxTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<byte[]> NoReplies = [];

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private protected TurnsOptions Options { get; } = new();

    private protected DirectLineOptions DirectLine { get; } = new() { MaxConversations = 2, MaxActivitiesPerConversation = 10, MaxBytesPerConversation = 4_096 };

    private protected HandOffOptions HandOffOptions { get; } = new();

    private protected abstract ITurnInbox Inbox { get; }

    private protected abstract IConversationStore Conversations { get; }

    private protected abstract IHandOffs HandOffs { get; }

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
    public async Task Accept_ManyAtOnceOverTheLimit_KeepsNoMoreThanIt()
    {
        Options.MaxWaitingTurns = 10;

        var accepted = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            try
            {
                return await AcceptAsync($"c{i}", "a");
            }
            catch (TurnInboxFullException)
            {
                return false;
            }
        }));

        Assert.Equal(10, accepted.Count(wasAccepted => wasAccepted));
        Assert.Equal(10, (await Inbox.StateAsync()).Waiting);
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
    public async Task Lease_WithoutChannels_LeavesTheirTurnsWhereTheyAre()
    {
        // More than are looked at in one step.
        for (var i = 0; i < 300; i++)
            await Inbox.AcceptAsync(new InboundTurn("dead", $"d{i}", null, "x"));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await Inbox.AcceptAsync(new InboundTurn("live", "c1", null, "x"));
        await Inbox.AcceptAsync(new InboundTurn("ill", "c1", null, "x"));

        Assert.Equal(["live"], (await Inbox.LeaseAsync(2, "dead", "ill")).Select(lease => lease.Turn.ChannelId));
        Assert.Empty(await Inbox.LeaseAsync(2, "dead", "ill"));
        Assert.Equal(["ill"], (await Inbox.LeaseAsync(2, "dead")).Select(lease => lease.Turn.ChannelId));
        Assert.Equal(["dead", "dead"], (await Inbox.LeaseAsync(2)).Select(lease => lease.Turn.ChannelId));
    }

    [Fact]
    public async Task WaitForTurns_WithoutAChannel_WaitsForAnother()
    {
        await Inbox.AcceptAsync(new InboundTurn("dead", "c1", "a1", "x"));
        await Inbox.WaitForTurnsAsync([], TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var waiting = Inbox.WaitForTurnsAsync(["dead"], TestContext.Current.CancellationToken);
        await Inbox.AcceptAsync(new InboundTurn("live", "c1", "a1", "x"));

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Single(await Inbox.LeaseAsync(2, "dead"));
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
        var waiting = Inbox.WaitForTurnsAsync([], TestContext.Current.CancellationToken);

        await AcceptAsync("c1", "a1");

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
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

    private protected Task<bool> AcceptAsync(string conversation, string? activity) => Inbox.AcceptAsync(new InboundTurn("test", conversation, activity, $"{conversation} {activity}") { MostWaiting = Options.MaxWaitingTurns });

    private protected async Task<TurnLease> LeaseOneAsync() => Assert.Single(await Inbox.LeaseAsync(1));
}
