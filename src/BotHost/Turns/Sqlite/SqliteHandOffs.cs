using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Turns.Sqlite;

/// <summary>Who waits for a person, or has one, in the inbox's file. This host alone writes it, and so knows it by heart: each message asks.</summary>
internal sealed class SqliteHandOffs(SqliteStore store, IOptions<HandOffOptions> options) : IHandOffs
{
    private const string Columns = "channel, conversation, language, requested_at, person";

    private readonly Lock _gate = new();
    private Task<ConcurrentDictionary<HandOffKey, HandOffRecord>>? _known;

    public async ValueTask<HandOffRecord?> FindAsync(HandOffKey key, CancellationToken cancellationToken) => (await KnownAsync()).GetValueOrDefault(key);

    public async ValueTask<IReadOnlyList<HandOffRecord>> ListAsync(CancellationToken cancellationToken) => [.. (await KnownAsync()).Values.OrderBy(record => record.RequestedAt)];

    public async ValueTask<bool> TryAddAsync(HandOffRecord handOff, CancellationToken cancellationToken) => await ChangeAsync((session, known) =>
    {
        if (session.Execute(
            $"INSERT INTO handoffs ({Columns}) VALUES ($channel, $conversation, $language, $at, $person) ON CONFLICT DO NOTHING",
            ("$channel", handOff.Key.ChannelId), ("$conversation", handOff.Key.ConversationId), ("$language", handOff.Language), ("$at", handOff.RequestedAt.ToUnixTimeMilliseconds()), ("$person", handOff.Person)) == 0)
        {
            return false;
        }

        session.AfterCommit(() => known[handOff.Key] = handOff);
        if (session.Number("SELECT COUNT(*) FROM handoffs") > options.Value.MaxHandOffs)
            Remove(session, known, session.Rows($"SELECT {Columns} FROM handoffs ORDER BY requested_at LIMIT 1", Read)[0].Key);
        return true;
    });

    public async ValueTask<HandOffRecord?> TryTakeAsync(HandOffKey key, string person, CancellationToken cancellationToken) => await ChangeAsync((session, known) =>
    {
        if (session.Execute("UPDATE handoffs SET person = $person WHERE channel = $channel AND conversation = $conversation AND person IS NULL", ("$person", person), ("$channel", key.ChannelId), ("$conversation", key.ConversationId)) == 0)
            return null;

        var taken = Read(session, key);
        session.AfterCommit(() => known[key] = taken!);
        return taken;
    });

    public async ValueTask<HandOffRecord?> RemoveAsync(HandOffKey key, CancellationToken cancellationToken) => await ChangeAsync((session, known) =>
    {
        var removed = Read(session, key);
        if (removed is not null)
            Remove(session, known, key);
        return removed;
    });

    private async Task<T> ChangeAsync<T>(Func<SqliteSession, ConcurrentDictionary<HandOffKey, HandOffRecord>, T> change)
    {
        var known = await KnownAsync();
        return await store.Writer.RunAsync(session => change(session, known), outlivesPower: true);
    }

    private static HandOffRecord? Read(SqliteSession session, HandOffKey key) => session.Rows(
        $"SELECT {Columns} FROM handoffs WHERE channel = $channel AND conversation = $conversation", Read, ("$channel", key.ChannelId), ("$conversation", key.ConversationId)).SingleOrDefault();

    private static void Remove(SqliteSession session, ConcurrentDictionary<HandOffKey, HandOffRecord> known, HandOffKey key)
    {
        session.Execute("DELETE FROM handoffs WHERE channel = $channel AND conversation = $conversation", ("$channel", key.ChannelId), ("$conversation", key.ConversationId));
        session.AfterCommit(() => known.TryRemove(key, out _));
    }

    private Task<ConcurrentDictionary<HandOffKey, HandOffRecord>> KnownAsync()
    {
        lock (_gate)
        {
            // A failure is not kept: the next call tries again.
            if (_known is null or { IsFaulted: true })
                _known = LoadAsync();
            return _known;
        }
    }

    private async Task<ConcurrentDictionary<HandOffKey, HandOffRecord>> LoadAsync() =>
        new((await store.Writer.RunAsync(session => session.Rows($"SELECT {Columns} FROM handoffs", Read))).ToDictionary(record => record.Key));

    private static HandOffRecord Read(SqliteDataReader row) => new(
        new HandOffKey(row.GetString(0), row.GetString(1)), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.IsDBNull(4) ? null : row.GetString(4));
}
