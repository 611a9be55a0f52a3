namespace OnnxChat.BotHost.Turns.Sqlite;

/// <summary>The tables. Times are milliseconds since 1970, UTC.</summary>
internal static class SqliteSchema
{
    /// <summary>
    /// <c>turns</c>: what waits, runs or died. <c>queue</c>: each conversation with work, its first turn and when that may run;
    /// the fence counts leases. <c>marks</c>: hashes of messages that were accepted. The rest is Direct Line's.
    /// </summary>
    public const string Create = """
        CREATE TABLE turns (
          id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, conversation TEXT NOT NULL, activity TEXT, payload TEXT NOT NULL,
          accepted_at INTEGER NOT NULL, deadline INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, failure TEXT, died_at INTEGER);
        CREATE INDEX turns_alive ON turns (channel, conversation, id) WHERE died_at IS NULL;
        CREATE INDEX turns_dead ON turns (died_at) WHERE died_at IS NOT NULL;
        CREATE TABLE queue (
          channel TEXT NOT NULL, conversation TEXT NOT NULL, turn INTEGER NOT NULL, runnable_at INTEGER NOT NULL,
          leased INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (channel, conversation)) WITHOUT ROWID;
        CREATE INDEX queue_by_time ON queue (runnable_at, turn);
        CREATE TABLE marks (key TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX marks_by_time ON marks (until);
        CREATE TABLE conversations (
          id TEXT PRIMARY KEY, user TEXT NOT NULL, last_used INTEGER NOT NULL, last_number INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE INDEX conversations_by_use ON conversations (last_used);
        CREATE TABLE activities (
          conversation TEXT NOT NULL, number INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (conversation, number)) WITHOUT ROWID;
        CREATE TABLE handoffs (
          channel TEXT NOT NULL, conversation TEXT NOT NULL, language TEXT NOT NULL, requested_at INTEGER NOT NULL, person TEXT,
          PRIMARY KEY (channel, conversation)) WITHOUT ROWID;
        CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        """;
}
