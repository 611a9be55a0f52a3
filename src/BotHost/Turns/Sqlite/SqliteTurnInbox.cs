using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Turns.Sqlite;

/// <summary>The inbox in a file of this machine. Accepting waits for the disk; what only says who works on a turn does not, because after a loss of power nobody does.</summary>
internal sealed class SqliteTurnInbox(SqliteStore store, SqliteConversations conversations, IOptions<TurnsOptions> options, TimeProvider time) : ITurnInbox
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly TurnsOptions _options = options.Value;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long? _waiting;

    public async Task<bool> AcceptAsync(InboundTurn turn)
    {
        var key = turn.ActivityId is null ? null : TurnKey.Of(turn);
        var accepted = await store.Writer.RunAsync(session => Accept(session, turn, key), outlivesPower: true);
        if (accepted)
            Signal();
        return accepted;
    }

    public Task<IReadOnlyList<TurnLease>> LeaseAsync(int most, params IReadOnlyCollection<string> without) =>
        store.Writer.RunAsync<IReadOnlyList<TurnLease>>(session => Lease(session, most, without));

    public async Task WaitForTurnsAsync(IReadOnlyCollection<string> without, CancellationToken cancellationToken)
    {
        var next = await store.Writer.RunAsync(session => session.Number(
            "SELECT runnable_at FROM queue WHERE channel NOT IN (SELECT value FROM json_each($without)) ORDER BY runnable_at LIMIT 1", ("$without", Json(without))));
        var wait = next is { } at ? TimeSpan.FromMilliseconds(Math.Clamp(at - Now, 0, LongestWait.TotalMilliseconds)) : LongestWait;
        if (wait == TimeSpan.Zero)
            return;

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signalled = _signal.Reader.ReadAsync(ended.Token).AsTask();
        await Task.WhenAny(signalled, Task.Delay(wait, time, ended.Token));
        await ended.CancelAsync();
        await ((Task)signalled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task<bool> RenewAsync(TurnLease lease) => store.Writer.RunAsync(session => Hold(session, lease, Now + Milliseconds(_options.LeaseDuration), leased: true));

    public Task<bool> CompleteAsync(TurnLease lease, IReadOnlyList<byte[]> replies) => EndAsync(lease, replies, session =>
        session.Execute("DELETE FROM turns WHERE id = $id", ("$id", lease.Id)));

    public Task<bool> BuryAsync(TurnLease lease, string failure, IReadOnlyList<byte[]> replies) => EndAsync(lease, replies, session =>
        session.Execute("UPDATE turns SET died_at = $now, failure = $failure WHERE id = $id", ("$now", Now), ("$failure", failure), ("$id", lease.Id)));

    public Task<bool> FailAsync(TurnLease lease, string failure) => GiveBackAsync(session =>
    {
        var isLast = lease.Attempt >= _options.MaxAttempts || Now >= Milliseconds(lease.Deadline);
        return Hold(session, lease, isLast ? Now : Now + Milliseconds(_options.DelayAfter(lease.Attempt)), leased: false)
            && session.Execute("UPDATE turns SET failure = $failure WHERE id = $id", ("$failure", failure), ("$id", lease.Id)) > 0;
    });

    public Task<bool> ReleaseAsync(TurnLease lease) => GiveBackAsync(session =>
        Hold(session, lease, Now, leased: false)
        && session.Execute("UPDATE turns SET attempts = attempts - 1 WHERE id = $id", ("$id", lease.Id)) > 0);

    public Task<IReadOnlyList<DeadTurn>> ListDeadAsync(int most) => store.Writer.RunAsync<IReadOnlyList<DeadTurn>>(session => session.Rows(
        "SELECT id, channel, conversation, activity, attempts, accepted_at, died_at, failure FROM turns WHERE died_at IS NOT NULL ORDER BY died_at, id LIMIT $most",
        row => new DeadTurn(row.GetInt64(0), row.GetString(1), row.GetString(2), TextOrNull(row, 3), row.GetInt32(4), Time(row.GetInt64(5)), Time(row.GetInt64(6)), row.GetString(7)),
        ("$most", most)));

    public async Task<bool> ReplayAsync(long id)
    {
        var replayed = await store.Writer.RunAsync(session => Replay(session, id), outlivesPower: true);
        if (replayed)
            Signal();
        return replayed;
    }

    public async Task ForgetOldAsync()
    {
        var forgotten = await store.Writer.RunAsync(session =>
        {
            session.Execute("DELETE FROM marks WHERE until <= $now", ("$now", Now));
            return session.Execute("DELETE FROM turns WHERE died_at <= $oldest", ("$oldest", Now - Milliseconds(TimeSpan.FromDays(_options.DeadLetterDays))));
        });
        if (forgotten > 0)
            await EraseAsync();
    }

    public async Task<int> ForgetConversationAsync(string channelId, string conversationId)
    {
        var forgotten = await store.Writer.RunAsync(session =>
        {
            // To be counted anew, also where this is rolled back.
            _waiting = null;
            session.AfterRollback(() => _waiting = null);
            (string, object?)[] which = [("$channel", channelId), ("$conversation", conversationId)];
            session.Execute("DELETE FROM queue WHERE channel = $channel AND conversation = $conversation", which);
            return session.Execute("DELETE FROM turns WHERE channel = $channel AND conversation = $conversation", which);
        });
        await EraseAsync();
        return forgotten;
    }

    public Task<TurnInboxState> StateAsync() => store.Writer.RunAsync(session =>
    {
        var oldest = session.Number("SELECT MIN(t.accepted_at) FROM queue q JOIN turns t ON t.id = q.turn");
        return new TurnInboxState((int)Waiting(session), (int)session.Number("SELECT COUNT(*) FROM turns WHERE died_at IS NOT NULL")!, oldest is { } at ? Time(at) : null);
    });

    private bool Accept(SqliteSession session, InboundTurn turn, string? key)
    {
        if (key is not null && session.Number("SELECT until FROM marks WHERE key = $key", ("$key", key)) > Now)
            return false;
        if (Waiting(session) >= turn.MostWaiting)
            throw TurnInboxFullException.OfInbox(turn.MostWaiting);

        (string, object?)[] which = [("$channel", turn.ChannelId), ("$conversation", turn.ConversationId)];
        if (session.Number("SELECT COUNT(*) FROM turns WHERE channel = $channel AND conversation = $conversation AND died_at IS NULL", which) >= turn.MostInConversation)
            throw TurnInboxFullException.OfOneConversation(turn.MostInConversation);

        if (key is not null)
            session.Execute("INSERT INTO marks (key, until) VALUES ($key, $until) ON CONFLICT DO UPDATE SET until = excluded.until", ("$key", key), ("$until", Now + Milliseconds(_options.DuplicateWindow)));
        if (turn.Shown is { } shown)
            conversations.Append(session, turn.ConversationId, shown, isFromCustomer: true);
        Insert(session, turn);
        return true;
    }

    private void Insert(SqliteSession session, InboundTurn turn)
    {
        var id = session.Number(
            "INSERT INTO turns (channel, conversation, activity, payload, accepted_at, deadline) VALUES ($channel, $conversation, $activity, $payload, $now, $deadline) RETURNING id",
            ("$channel", turn.ChannelId), ("$conversation", turn.ConversationId), ("$activity", turn.ActivityId), ("$payload", turn.Payload), ("$now", Now), ("$deadline", Now + Milliseconds(_options.Deadline)));
        session.Execute(
            "INSERT INTO queue (channel, conversation, turn, runnable_at) VALUES ($channel, $conversation, $turn, $now) ON CONFLICT DO NOTHING",
            ("$channel", turn.ChannelId), ("$conversation", turn.ConversationId), ("$turn", id), ("$now", Now));
        Count(session, 1);
    }

    private List<TurnLease> Lease(SqliteSession session, int most, IReadOnlyCollection<string> without)
    {
        var leases = session.Rows(
            """
            SELECT t.id, q.fence + 1, t.channel, t.conversation, t.activity, t.payload, t.attempts + 1, t.deadline, t.failure
            FROM queue q JOIN turns t ON t.id = q.turn
            WHERE q.runnable_at <= $now AND q.channel NOT IN (SELECT value FROM json_each($without)) ORDER BY q.runnable_at, q.turn LIMIT $most
            """,
            Read,
            ("$now", Now), ("$without", Json(without)), ("$most", most));
        foreach (var lease in leases)
        {
            session.Execute(
                "UPDATE queue SET runnable_at = $until, fence = $fence, leased = 1 WHERE channel = $channel AND conversation = $conversation",
                ("$until", Now + Milliseconds(_options.LeaseDuration)), ("$fence", lease.Fence), ("$channel", lease.Turn.ChannelId), ("$conversation", lease.Turn.ConversationId));
            session.Execute("UPDATE turns SET attempts = $attempts WHERE id = $id", ("$attempts", lease.Attempt), ("$id", lease.Id));
        }

        return leases;
    }

    private TurnLease Read(SqliteDataReader row)
    {
        var (attempt, deadline) = (row.GetInt32(6), row.GetInt64(7));
        return new TurnLease(
            row.GetInt64(0),
            row.GetInt64(1),
            new InboundTurn(row.GetString(2), row.GetString(3), TextOrNull(row, 4), row.GetString(5)),
            attempt,
            Time(deadline),
            IsExhausted: attempt > _options.MaxAttempts || Now >= deadline,
            TextOrNull(row, 8));
    }

    private static bool Hold(SqliteSession session, TurnLease lease, long runnableAt, bool leased) => session.Execute(
        "UPDATE queue SET runnable_at = $at, leased = $leased WHERE channel = $channel AND conversation = $conversation AND turn = $turn AND fence = $fence AND leased = 1",
        ("$at", runnableAt), ("$leased", leased ? 1 : 0), ("$channel", lease.Turn.ChannelId), ("$conversation", lease.Turn.ConversationId), ("$turn", lease.Id), ("$fence", lease.Fence)) > 0;

    private async Task<bool> EndAsync(TurnLease lease, IReadOnlyList<byte[]> replies, Action<SqliteSession> end)
    {
        // Without a reply in it there is nothing that a second answer would double here: a channel's is sent already.
        var ended = await store.Writer.RunAsync(session => End(session, lease, replies, end), outlivesPower: replies.Count > 0);
        Signal();
        return ended;
    }

    private bool End(SqliteSession session, TurnLease lease, IReadOnlyList<byte[]> replies, Action<SqliteSession> end)
    {
        if (!Hold(session, lease, Now, leased: false))
            return false;

        end(session);
        foreach (var reply in replies)
            conversations.Append(session, lease.Turn.ConversationId, reply, isFromCustomer: false);
        Proceed(session, lease.Turn);
        Count(session, -1);
        return true;
    }

    private void Proceed(SqliteSession session, InboundTurn ended)
    {
        (string, object?)[] which = [("$channel", ended.ChannelId), ("$conversation", ended.ConversationId)];
        if (session.Number("SELECT MIN(id) FROM turns WHERE channel = $channel AND conversation = $conversation AND died_at IS NULL", which) is { } next)
            session.Execute("UPDATE queue SET turn = $turn, runnable_at = $now WHERE channel = $channel AND conversation = $conversation", ("$turn", next), ("$now", Now), which[0], which[1]);
        else
            session.Execute("DELETE FROM queue WHERE channel = $channel AND conversation = $conversation", which);
    }

    private bool Replay(SqliteSession session, long id)
    {
        var turns = session.Rows(
            "SELECT channel, conversation, activity, payload FROM turns WHERE id = $id AND died_at IS NOT NULL",
            row => new InboundTurn(row.GetString(0), row.GetString(1), TextOrNull(row, 2), row.GetString(3)),
            ("$id", id));
        if (turns.Count == 0)
            return false;

        session.Execute("DELETE FROM turns WHERE id = $id", ("$id", id));
        Insert(session, turns[0]);
        return true;
    }

    private async Task<bool> GiveBackAsync(Func<SqliteSession, bool> giveBack)
    {
        var held = await store.Writer.RunAsync(giveBack);
        Signal();
        return held;
    }

    // Deleted rows are overwritten in the file; what was written before is still in the log beside it.
    private Task EraseAsync() => store.Writer.RunAloneAsync(session => session.Rows("PRAGMA wal_checkpoint(TRUNCATE)", _ => 0));

    // At once, so that what is done in the same transaction counts too.
    private void Count(SqliteSession session, int change)
    {
        _waiting += change;
        session.AfterRollback(() => _waiting = null);
    }

    private long Waiting(SqliteSession session) => _waiting ??= session.Number("SELECT COUNT(*) FROM turns WHERE died_at IS NULL")!.Value;

    private void Signal() => _signal.Writer.TryWrite(true);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Json(IReadOnlyCollection<string> channels) => channels.Count == 0 ? "[]" : JsonSerializer.Serialize(channels);

    private static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
