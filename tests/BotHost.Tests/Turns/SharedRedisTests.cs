using System.Text;
using Microsoft.Extensions.Time.Testing;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Turns;
using OnnxChat.EndToEnd.Redis;

namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>Two hosts on one Redis server, and what becomes of them without it.</summary>
public sealed partial class SharedRedisTests : IAsyncLifetime
{
    private const string Channel = Microsoft.Bot.Connector.Channels.Webchat;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeTimeProvider _slowTime = new(new DateTimeOffset(2026, 3, 1, 11, 50, 0, TimeSpan.Zero));
    private readonly TurnsOptions _options = new();
    private RedisServer _server = null!;
    private RedisHost _first = null!;
    private RedisHost _second = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync(CancellationToken, "--appendonly", "yes");
        (_first, _second) = (NewHost(_time), NewHost(_slowTime));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in new[] { _first, _second })
        {
            if (host is not null)
                await host.DisposeAsync();
        }

        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Fact]
    public async Task Complete_AtOneHost_IsShownAtTheOtherInOrder()
    {
        await _first.Conversations.StartAsync("c1", "user");
        var shown = Watch(_second, 3);
        await _second.Conversations.FollowAsync("c1");

        await _first.Inbox.AcceptAsync(Turn("a1", "question"));
        await _first.Inbox.CompleteAsync(Assert.Single(await _first.Inbox.LeaseAsync(1)), ["one"u8.ToArray(), "two"u8.ToArray()]);

        Assert.Equal(["1 question", "2 one", "3 two"], await shown);
    }

    [Fact]
    public async Task Follow_NotHeardWhileDisconnected_IsShownAfterwardsOnce()
    {
        await _first.Conversations.StartAsync("c1", "user");
        var shown = Watch(_second, 3);
        await _second.Conversations.FollowAsync("c1");
        await _first.Conversations.AppendAsync("c1", "one"u8.ToArray());

        await _server.KillAndStartAsync(CancellationToken);
        await using var third = NewHost(_time);
        await third.Conversations.AppendAsync("c1", "two"u8.ToArray());
        await third.Conversations.AppendAsync("c1", "three"u8.ToArray());

        Assert.Equal(["1 one", "2 two", "3 three"], await shown);
    }

    [Fact]
    public async Task ShowInPassing_AtOneHost_IsHeardAtTheOtherAndNotKept()
    {
        var heard = new TaskCompletionSource<string>();
        await _first.Conversations.StartAsync("c1", "user");
        _second.Conversations.Passed += (id, json) => heard.TrySetResult($"{id} {Encoding.UTF8.GetString(json)}");
        await _second.Conversations.FollowAsync("c1");

        _first.Conversations.ShowInPassing("c1", "typing:1"u8.ToArray());

        Assert.Equal("c1 typing:1", await heard.Task.WaitAsync(Patience, CancellationToken));
        Assert.Empty((await _first.Conversations.FindAsync("c1"))!.Activities);
    }

    [Fact]
    public async Task Forget_AtOneHost_EndsTheConversationAtTheOther()
    {
        var forgotten = new TaskCompletionSource<string>();
        await _first.Conversations.StartAsync("c1", "user");
        _second.Conversations.Forgotten += id => forgotten.TrySetResult(id);
        await _second.Conversations.FollowAsync("c1");

        await _first.Conversations.ForgetAsync("c1");

        Assert.Equal("c1", await forgotten.Task.WaitAsync(Patience, CancellationToken));
        Assert.Null(await _second.Conversations.FindAsync("c1"));
    }

    [Fact]
    public async Task WaitForTurns_AcceptedAtTheOtherHost_Ends()
    {
        var waiting = _second.Inbox.WaitForTurnsAsync([], CancellationToken);

        await _first.Inbox.AcceptAsync(Turn("a1", "question"));

        await waiting.WaitAsync(Patience, CancellationToken);
    }

    [Fact]
    public async Task Lease_HostsWhoseClocksDiffer_AgreeWhenItEnds()
    {
        await _first.Inbox.AcceptAsync(Turn("a1", "question"));
        var held = Assert.Single(await _second.Inbox.LeaseAsync(1));
        Assert.Empty(await _first.Inbox.LeaseAsync(1));

        // And the moment that lies between the starts of the two.
        _time.Advance(_options.LeaseDuration + TimeSpan.FromMinutes(1));

        var taken = Assert.Single(await _first.Inbox.LeaseAsync(1));
        Assert.True(taken.Fence > held.Fence);
        Assert.False(await _second.Inbox.CompleteAsync(held, []));
        Assert.False(await _second.Inbox.RenewAsync(held));
        Assert.True(await _first.Inbox.CompleteAsync(taken, []));
    }

    [Fact]
    public async Task SigningKey_SameServer_IsOneForAllHosts()
    {
        Assert.Equal(_first.Store.SigningKey, _second.Store.SigningKey);
        await using var elsewhere = new RedisHost(_server.Address, new TurnsOptions { KeyPrefix = "other" }, new DirectLineOptions(), new HandOffOptions(), _time);

        Assert.NotEqual(_first.Store.SigningKey, elsewhere.Store.SigningKey);
        await _first.Inbox.AcceptAsync(Turn("a1", "question"));
        Assert.Empty(await elsewhere.Inbox.LeaseAsync(10));
    }

    [Fact]
    public async Task Accept_ServerIsDead_FailsAtOnceAndSaysWhatToLookAt()
    {
        await _first.Inbox.AcceptAsync(Turn("a1", "question"));
        await _server.KillAsync();

        var error = await Assert.ThrowsAsync<TurnInboxException>(() => _first.Inbox.AcceptAsync(Turn("a2", "more")));

        Assert.Contains(_server.Address, error.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:Redis", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_MemoryIsFull_IsRefusedWithTheRemedyAndWhatWaitsCanEnd()
    {
        await _first.Conversations.StartAsync("c1", "user");
        await _first.Inbox.AcceptAsync(Turn("a1", "question"));
        await _first.Store.DoAsync(database => database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1"));

        var error = await Assert.ThrowsAsync<TurnInboxException>(() => _first.Inbox.AcceptAsync(Turn("a2", "more")));
        var lease = Assert.Single(await _first.Inbox.LeaseAsync(10));

        Assert.Contains("maxmemory", error.Message, StringComparison.Ordinal);
        Assert.True(await _first.Inbox.RenewAsync(lease));
        Assert.True(await _first.Inbox.CompleteAsync(lease, ["answer"u8.ToArray()]));
        Assert.Equal(2, (await _first.Conversations.FindAsync("c1"))!.Activities.Count);
        Assert.Equal(new TurnInboxState(0, 0, null), await _first.Inbox.StateAsync());
    }

    [Fact]
    public async Task ForgetConversation_ItsWords_AreInNoFileOnceItIsWrittenAnew()
    {
        const string Words = "my secret gift for Ann";
        await _first.Conversations.StartAsync("c1", "user");
        await _first.Inbox.AcceptAsync(Turn("a1", Words));
        await _first.Inbox.BuryAsync(Assert.Single(await _first.Inbox.LeaseAsync(1)), "x", [Encoding.UTF8.GetBytes("About " + Words)]);

        await _first.Conversations.ForgetAsync("c1");
        await _first.Inbox.ForgetConversationAsync(Channel, "c1");

        while ((string?)await _first.Store.DoAsync(database => database.ExecuteAsync("INFO", "persistence")) is { } facts && (facts.Contains("rewrite_in_progress:1", StringComparison.Ordinal) || facts.Contains("rewrite_scheduled:1", StringComparison.Ordinal)))
            await Task.Yield();
        Assert.DoesNotContain(Words, string.Concat(Directory.EnumerateFiles(_server.Folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
        Assert.Equal(["{onnxchat}:fence", "{onnxchat}:id", "{onnxchat}:signing-key"], (await Keys()).Where(key => !key.Contains("mark", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "ConnectionStrings:Redis")]
    [InlineData("127.0.0.1:1,connectTimeout=50,password=s3cret", "127.0.0.1:1")]
    [InlineData("127.0.0.1,password=s3cret,unknown=1", "ConnectionStrings:Redis")]
    public void Open_NotThereOrNotNamed_SaysWhatMendsItWithoutThePassword(string connection, string expected)
    {
        var error = Assert.Throws<TurnInboxException>(() => new RedisHost(connection, _options, new DirectLineOptions(), new HandOffOptions(), _time));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    private RedisHost NewHost(TimeProvider time) => new(_server.Address, _options, new DirectLineOptions(), new HandOffOptions(), time);

    private static InboundTurn Turn(string activityId, string text) => new(Channel, "c1", activityId, text) { Shown = Encoding.UTF8.GetBytes(text) };

    private async Task<string[]> Keys() => (string[])(await _first.Store.DoAsync(database => database.ExecuteAsync("KEYS", "*")))!;

    private static Task<List<string>> Watch(RedisHost host, int count)
    {
        var all = new TaskCompletionSource<List<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> shown = [];
        host.Conversations.Appended += activity =>
        {
            shown.Add($"{activity.Number} {Encoding.UTF8.GetString(activity.Json)}");
            if (shown.Count == count)
                all.SetResult(shown);
        };
        return all.Task.WaitAsync(Patience, CancellationToken);
    }
}
