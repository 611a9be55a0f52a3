using System.Threading.Channels;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Channels.DirectLine;
using StackExchange.Redis;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>The inbox that several hosts share. Each step is one script, so none is half done, and a host whose answer is lost tries again or leaves it to another.</summary>
internal sealed class RedisTurnInbox(
    RedisStore store, RedisConversations conversations, IOptions<TurnsOptions> options, IOptions<DirectLineOptions> directLine, TimeProvider time) : ITurnInbox
{
    // Also what a message about news that was lost costs.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly TurnsOptions _options = options.Value;
    private readonly DirectLineOptions _directLine = directLine.Value;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ChannelMessageQueue? _news;

    public async Task<bool> AcceptAsync(InboundTurn turn)
    {
        var result = (RedisResult[])(await store.RunAsync(
            RedisScript.Accept,
            turn.ActivityId is null ? "" : TurnKey.Of(turn), Milliseconds(_options.DuplicateWindow), turn.MostWaiting, turn.MostInConversation,
            RedisLine.Of(turn.ChannelId, turn.ConversationId), turn.ChannelId, turn.ConversationId, turn.ActivityId ?? "", turn.Payload, store.Now + Milliseconds(_options.Deadline),
            turn.Shown is null ? 0 : 1, turn.Shown ?? [], _directLine.MaxActivitiesPerConversation, _directLine.MaxBytesPerConversation))!;
        switch ((string?)result[0])
        {
            case "known":
                return false;
            case "full":
                throw TurnInboxFullException.OfInbox(turn.MostWaiting);
            case "line full":
                throw TurnInboxFullException.OfOneConversation(turn.MostInConversation);
        }

        if (turn.Shown is { } shown)
            await conversations.ShowAsync(turn.ConversationId, [(long)result[1]], [shown]);
        Signal();
        return true;
    }

    public async Task<IReadOnlyList<TurnLease>> LeaseAsync(int most, params IReadOnlyCollection<string> without)
    {
        var leases = (RedisResult[])(await store.RunAsync(RedisScript.Lease, [most, Milliseconds(_options.LeaseDuration), .. without.Select(channel => (RedisValue)channel)]))!;
        return [.. leases.Select(lease => Read((RedisValue[])lease!))];
    }

    public async Task WaitForTurnsAsync(IReadOnlyCollection<string> without, CancellationToken cancellationToken)
    {
        await HearNewsAsync();
        // With channels left out, the first in the queue says nothing; news of others comes all the same.
        var next = without.Count > 0 ? [] : await store.DoAsync(database => database.SortedSetRangeByRankWithScoresAsync(store.Key("queue"), 0, 0));
        var wait = next is [{ Score: var at }] ? TimeSpan.FromMilliseconds(Math.Clamp(at - store.Now, 0, LongestWait.TotalMilliseconds)) : LongestWait;
        if (wait == TimeSpan.Zero)
            return;

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signalled = _signal.Reader.ReadAsync(ended.Token).AsTask();
        await Task.WhenAny(signalled, Task.Delay(wait, time, ended.Token));
        await ended.CancelAsync();
        await ((Task)signalled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async Task<bool> RenewAsync(TurnLease lease) =>
        (bool)await store.RunAsync(RedisScript.Renew, LineOf(lease), lease.Fence, store.Now + Milliseconds(_options.LeaseDuration));

    public Task<bool> CompleteAsync(TurnLease lease, IReadOnlyList<byte[]> replies) => EndAsync(lease, "", replies);

    public Task<bool> BuryAsync(TurnLease lease, string failure, IReadOnlyList<byte[]> replies) => EndAsync(lease, failure, replies);

    public Task<bool> FailAsync(TurnLease lease, string failure)
    {
        var isLast = lease.Attempt >= _options.MaxAttempts || time.GetUtcNow() >= lease.Deadline;
        return GiveBackAsync(lease, isLast ? store.Now : store.Now + Milliseconds(_options.DelayAfter(lease.Attempt)), failure);
    }

    public Task<bool> ReleaseAsync(TurnLease lease) => GiveBackAsync(lease, store.Now, "");

    public async Task<IReadOnlyList<DeadTurn>> ListDeadAsync(int most) =>
        [.. ((RedisResult[])(await store.RunAsync(RedisScript.ListDead, most))!).Select(dead => ReadDead((RedisValue[])dead!))];

    public async Task<bool> ReplayAsync(long id)
    {
        var replayed = (bool)await store.RunAsync(RedisScript.Replay, id, store.Now + Milliseconds(_options.Deadline));
        Signal();
        return replayed;
    }

    public async Task ForgetOldAsync()
    {
        // Marks end by themselves.
        if ((int)await store.RunAsync(RedisScript.ForgetOld, store.Now - Milliseconds(TimeSpan.FromDays(_options.DeadLetterDays))) > 0)
            await store.EraseAsync();
    }

    public async Task<int> ForgetConversationAsync(string channelId, string conversationId)
    {
        var forgotten = (int)await store.RunAsync(RedisScript.ForgetTurns, RedisLine.Of(channelId, conversationId));
        await store.EraseAsync();
        return forgotten;
    }

    public async Task<TurnInboxState> StateAsync()
    {
        var state = (RedisValue[])(await store.RunAsync(RedisScript.State))!;
        // A list ends where a script has nothing more to say.
        return new TurnInboxState((int)state[0], (int)state[1], state.Length > 2 ? store.Time((long)state[2]) : null);
    }

    private async Task<bool> EndAsync(TurnLease lease, string failure, IReadOnlyList<byte[]> replies)
    {
        var numbers = (long[])(await store.RunAsync(
            RedisScript.End,
            [LineOf(lease), lease.Fence, lease.Id, lease.Turn.ConversationId, failure, _directLine.MaxActivitiesPerConversation, _directLine.MaxBytesPerConversation, .. replies.Select(reply => (RedisValue)reply)]))!;
        if (numbers is [-1])
            return false;

        await conversations.ShowAsync(lease.Turn.ConversationId, numbers, replies);
        Signal();
        return true;
    }

    private async Task<bool> GiveBackAsync(TurnLease lease, long runnableAt, string failure)
    {
        var held = (bool)await store.RunAsync(RedisScript.GiveBack, LineOf(lease), lease.Fence, lease.Id, runnableAt, failure);
        Signal();
        return held;
    }

    private TurnLease Read(RedisValue[] lease)
    {
        var (attempt, deadline) = ((int)lease[2], store.Time((long)lease[7]));
        return new TurnLease(
            (long)lease[0],
            (long)lease[1],
            new InboundTurn(lease[3]!, lease[4]!, lease[5], lease[6]!),
            attempt,
            deadline,
            IsExhausted: attempt > _options.MaxAttempts || time.GetUtcNow() >= deadline,
            lease[8]);
    }

    private DeadTurn ReadDead(RedisValue[] dead) =>
        new((long)dead[0], dead[1]!, dead[2]!, dead[3], (int)dead[4], store.Time((long)dead[5]), store.Time((long)dead[6]), dead[7]!);

    private async Task HearNewsAsync()
    {
        if (_news is not null)
            return;
        _news = await store.SubscribeAsync("news");
        _news.OnMessage(_ => Signal());
        store.Restored += Signal;
    }

    private void Signal() => _signal.Writer.TryWrite(true);

    private static string LineOf(TurnLease lease) => RedisLine.Of(lease.Turn.ChannelId, lease.Turn.ConversationId);

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
