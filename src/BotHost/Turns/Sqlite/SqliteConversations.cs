using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Channels.DirectLine;

namespace OnnxChat.BotHost.Turns.Sqlite;

/// <summary>Direct Line's conversations in the inbox's file.</summary>
internal sealed class SqliteConversations(SqliteStore store, IOptions<DirectLineOptions> options, TimeProvider time) : IConversationStore
{
    private readonly DirectLineOptions _options = options.Value;

    public event Action<ShownActivity>? Appended;

    public event Action<string, byte[]>? Passed;

    // There is no other host.
    public event Action<string>? Forgotten
    {
        add { }
        remove { }
    }

    public Task FollowAsync(string id) => Task.CompletedTask;

    public void Unfollow(string id)
    {
    }

    public Task<bool> StartAsync(string id, string userId) => store.Writer.RunAsync(
        session =>
        {
            if (session.Number("SELECT 1 FROM conversations WHERE id = $id", ("$id", id)) is not null)
                return true;
            if (session.Number("SELECT COUNT(*) FROM conversations") >= _options.MaxConversations)
                return false;
            session.Execute("INSERT INTO conversations (id, user, last_used) VALUES ($id, $user, $now)", ("$id", id), ("$user", userId), ("$now", Now));
            return true;
        },
        outlivesPower: true);

    public Task<StoredConversation?> FindAsync(string id) => store.Writer.RunAsync(session =>
        session.Rows(
            "SELECT user, last_used FROM conversations WHERE id = $id",
            row => new StoredConversation(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), Activities(session, id)),
            ("$id", id)).SingleOrDefault());

    public Task<bool> AppendAsync(string id, byte[] activity) => store.Writer.RunAsync(session => Append(session, id, activity, isFromCustomer: false), outlivesPower: true);

    public void ShowInPassing(string id, byte[] activity) => Passed?.Invoke(id, activity);

    public Task TouchAsync(string id) => store.Writer.RunAsync(session => session.Execute("UPDATE conversations SET last_used = $now WHERE id = $id", ("$now", Now), ("$id", id)));

    public Task<IReadOnlyList<string>> ForgetIdleAsync(DateTimeOffset untouchedSince) => store.Writer.RunAsync<IReadOnlyList<string>>(session =>
    {
        var idle = session.Rows(
            "SELECT id FROM conversations c WHERE last_used <= $since AND NOT EXISTS (SELECT 1 FROM queue q WHERE q.channel = $channel AND q.conversation = c.id)",
            row => row.GetString(0),
            ("$since", untouchedSince.ToUnixTimeMilliseconds()), ("$channel", Microsoft.Bot.Connector.Channels.Webchat));
        foreach (var id in idle)
            Forget(session, id);
        return idle;
    });

    public Task<bool> ForgetAsync(string id) => store.Writer.RunAsync(session => Forget(session, id));

    /// <summary>Adds an activity within a transaction of the inbox's.</summary>
    /// <returns>False where there is no such conversation.</returns>
    public bool Append(SqliteSession session, string id, byte[] activity, bool isFromCustomer)
    {
        var counts = session.Rows(
            "UPDATE conversations SET last_number = last_number + 1, bytes = bytes + $length, last_used = CASE WHEN $touches THEN $now ELSE last_used END WHERE id = $id RETURNING last_number, bytes",
            row => (Number: row.GetInt64(0), Bytes: row.GetInt64(1)),
            ("$length", activity.Length), ("$touches", isFromCustomer ? 1 : 0), ("$now", Now), ("$id", id));
        if (counts.Count == 0)
            return false;

        var (number, bytes) = counts[0];
        session.Execute("INSERT INTO activities (conversation, number, json) VALUES ($id, $number, $json)", ("$id", id), ("$number", number), ("$json", activity));
        Trim(session, id, number, bytes);
        session.AfterCommit(() => Appended?.Invoke(new ShownActivity(id, number, activity)));
        return true;
    }

    // The newest stays, however large.
    private void Trim(SqliteSession session, string id, long newest, long bytes)
    {
        var kept = bytes;
        if (newest > _options.MaxActivitiesPerConversation)
            kept -= DeleteTo(session, id, newest - _options.MaxActivitiesPerConversation);
        while (kept > _options.MaxBytesPerConversation && session.Number("SELECT MIN(number) FROM activities WHERE conversation = $id", ("$id", id)) is { } oldest && oldest < newest)
            kept -= DeleteTo(session, id, oldest);
        if (kept < bytes)
            session.Execute("UPDATE conversations SET bytes = $bytes WHERE id = $id", ("$bytes", kept), ("$id", id));
    }

    /// <returns>How many bytes there were.</returns>
    private static long DeleteTo(SqliteSession session, string id, long number) => session.Rows(
        "DELETE FROM activities WHERE conversation = $id AND number <= $number RETURNING length(json)", row => row.GetInt64(0), ("$id", id), ("$number", number)).Sum();

    private static List<ShownActivity> Activities(SqliteSession session, string id) => session.Rows(
        "SELECT number, json FROM activities WHERE conversation = $id ORDER BY number",
        row => new ShownActivity(id, row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
        ("$id", id));

    private static bool Forget(SqliteSession session, string id)
    {
        session.Execute("DELETE FROM activities WHERE conversation = $id", ("$id", id));
        return session.Execute("DELETE FROM conversations WHERE id = $id", ("$id", id)) > 0;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
