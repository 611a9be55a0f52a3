using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace OnnxChat.BotHost.Turns.Sqlite;

/// <summary>
/// One thread that owns the connection, because SQLite has one writer at a time anyway. Work that waits is done in one transaction:
/// many who wait for the disk then wait for it once.
/// </summary>
internal sealed partial class SqliteWriter : IAsyncDisposable
{
    private const int MostInTransaction = 256;

    private readonly BlockingCollection<Work> _work = [];
    private readonly SqliteConnection _connection;
    private readonly SqliteSession _session;
    private readonly ILogger _logger;
    private readonly Task _running;
    private bool? _waitsForDisk;
    private bool _disposed;

    /// <param name="connection">Open; the writer closes it.</param>
    /// <param name="logger">Gets what the disk refuses.</param>
    public SqliteWriter(SqliteConnection connection, ILogger logger)
    {
        _connection = connection;
        _session = new SqliteSession(connection);
        _logger = logger;
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Does a piece of work in a transaction. It may run twice, the first time without effect, and throws of its own accord only before it has written.</summary>
    /// <exception cref="TurnInboxException">The store refuses, or is closed.</exception>
    /// <param name="work">What is done.</param>
    /// <param name="outlivesPower">Whether it must outlive the machine's power too, and not only the process: that takes a wait for the disk.</param>
    public async Task<T> RunAsync<T>(Func<SqliteSession, T> work, bool outlivesPower = false)
    {
        var waiting = new Work<T>(work, inTransaction: true, outlivesPower);
        Queue(waiting);
        return await waiting.WaitAsync();
    }

    /// <summary>Does what cannot be done in a transaction.</summary>
    public async Task RunAloneAsync(Action<SqliteSession> work)
    {
        var waiting = new Work<bool>(session => { work(session); return true; }, inTransaction: false, outlivesPower: false);
        Queue(waiting);
        await waiting.WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        _work.CompleteAdding();
        await _running.WaitAsync(CancellationToken.None);
        _work.Dispose();
        _session.Dispose();
        await _connection.DisposeAsync();
    }

    private void Queue(Work work)
    {
        try
        {
            _work.Add(work);
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            throw new TurnInboxException("The inbox is closed: the host stops.", e);
        }
    }

    private void Run()
    {
        List<Work> together = [];
        foreach (var first in _work.GetConsumingEnumerable())
        {
            Work? alone = null;
            for (var next = first; next is not null; next = together.Count < MostInTransaction && _work.TryTake(out var more) ? more : null)
            {
                if (!next.InTransaction)
                {
                    alone = next;
                    break;
                }

                together.Add(next);
            }

            // What is wrong with one must not cost the others: each then has a transaction of its own.
            if (together.Count > 0 && !TryTogether(together, isLast: together.Count == 1))
            {
                foreach (var work in together)
                    TryTogether([work], isLast: true);
            }

            together.Clear();
            if (alone is not null)
                Try(alone);
        }
    }

    private void Try(Work work)
    {
        try
        {
            work.Do(_session);
            work.Complete();
        }
        catch (SqliteException e)
        {
            LogRefused(e);
            work.Fail(Refusal(e));
        }
    }

    private bool TryTogether(IReadOnlyList<Work> together, bool isLast)
    {
        try
        {
            WaitForDisk(together.Any(work => work.OutlivesPower));
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var work in together)
                work.Do(_session);
            _session.Execute("COMMIT");
        }
        catch (SqliteException e)
        {
            _session.RolledBack();
            RollBack();
            if (!isLast)
                return false;
            LogRefused(e);
            together[0].Fail(Refusal(e));
            return true;
        }

        _session.Committed();
        foreach (var work in together)
            work.Complete();
        return true;
    }

    // A write that waits for the disk takes those before it along.
    private void WaitForDisk(bool waits)
    {
        if (_waitsForDisk == waits)
            return;
        _session.Execute(waits ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        _waitsForDisk = waits;
    }

    private void RollBack()
    {
        // SQLite has rolled back by itself after some errors.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _session.Execute("ROLLBACK");
    }

    private static TurnInboxException Refusal(SqliteException e) =>
        new($"The inbox cannot be written: {e.Message} Look at the free space and the rights of its folder ({TurnsOptions.Section}:{nameof(TurnsOptions.Folder)}).", e);

    private abstract class Work(bool inTransaction, bool outlivesPower)
    {
        public bool InTransaction => inTransaction;

        public bool OutlivesPower => outlivesPower;

        public abstract void Do(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class Work<T>(Func<SqliteSession, T> work, bool inTransaction, bool outlivesPower) : Work(inTransaction, outlivesPower)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _refusal;
        private T _result = default!;

        public Task<T> WaitAsync() => _done.Task.WaitAsync(CancellationToken.None);

        public override void Do(SqliteSession session)
        {
            _refusal = null;
            try
            {
                _result = work(session);
            }
            catch (Exception e) when (e is not SqliteException)
            {
                // It has written nothing: the others' work stands.
                _refusal = e;
            }
        }

        public override void Complete()
        {
            if (_refusal is null)
                _done.SetResult(_result);
            else
                _done.SetException(_refusal);
        }

        public override void Fail(Exception exception) => _done.SetException(exception);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The inbox could not be written.")]
    private partial void LogRefused(Exception exception);
}
