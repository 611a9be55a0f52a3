using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>Who waits for a person, kept where the inbox is.</summary>
public abstract partial class TurnInboxTests
{
    [Fact]
    public async Task HandOffs_AskedTakenAndGivenBack_AreOnePersonsAtATime()
    {
        var (first, second) = (HandOff("c1"), HandOff("c2"));
        Assert.Null(await HandOffs.FindAsync(first.Key, CancellationToken));
        Assert.True(await HandOffs.TryAddAsync(first, CancellationToken));
        Assert.False(await HandOffs.TryAddAsync(first, CancellationToken));
        Time.Advance(TimeSpan.FromSeconds(1));
        second = second with { RequestedAt = Time.GetUtcNow() };
        Assert.True(await HandOffs.TryAddAsync(second, CancellationToken));

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => HandOffs.TryTakeAsync(second.Key, $"Ann{i}", CancellationToken).AsTask()));

        var by = Assert.Single(taken, record => record is not null)!;
        Assert.Equal([first, second with { Person = by.Person }], await HandOffs.ListAsync(CancellationToken));
        Assert.Equal(by, await HandOffs.RemoveAsync(second.Key, CancellationToken));
        Assert.Null(await HandOffs.RemoveAsync(second.Key, CancellationToken));
        Assert.Null(await HandOffs.TryTakeAsync(second.Key, "Bob", CancellationToken));
        Assert.Equal([first], await HandOffs.ListAsync(CancellationToken));
    }

    [Fact]
    public async Task HandOffs_MoreThanAreKept_LoseTheOldest()
    {
        HandOffOptions.MaxHandOffs = 2;
        for (var i = 1; i <= 3; i++)
        {
            await HandOffs.TryAddAsync(HandOff($"c{i}"), CancellationToken);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["c2", "c3"], (await HandOffs.ListAsync(CancellationToken)).Select(handOff => handOff.Key.ConversationId));
    }

    [Fact]
    public async Task HandOffs_Restart_AreKept()
    {
        var handOff = HandOff("c1") with { Language = "de" };
        await HandOffs.TryAddAsync(handOff, CancellationToken);
        await HandOffs.TryTakeAsync(handOff.Key, "Ann", CancellationToken);

        await RestartAsync();

        // The clock of the store may have gone on meanwhile.
        var kept = await HandOffs.FindAsync(handOff.Key, CancellationToken);
        Assert.Equal(handOff with { Person = "Ann" }, kept! with { RequestedAt = handOff.RequestedAt });
    }

    private HandOffRecord HandOff(string conversationId) => new(new HandOffKey(Microsoft.Bot.Connector.Channels.Webchat, conversationId), "en", Time.GetUtcNow(), Person: null);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;
}
