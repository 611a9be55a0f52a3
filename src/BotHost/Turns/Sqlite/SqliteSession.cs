using Microsoft.Data.Sqlite;

namespace OnnxChat.BotHost.Turns.Sqlite;

/// <summary>The connection as one piece of work sees it, inside a transaction. Only the writer's thread uses it.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly List<Action> _afterCommit = [];
    private readonly List<Action> _afterRollback = [];

    /// <summary>Runs once the transaction is there to stay, in order, before those who wait for their work are told.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Runs when the transaction has had no effect, for what was noted of it already.</summary>
    public void AfterRollback(Action action) => _afterRollback.Add(action);

    /// <returns>How many rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Command(sql, parameters).ExecuteNonQuery();

    /// <returns>Null for no row, and for a value that is NULL.</returns>
    public long? Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Command(sql, parameters).ExecuteScalar() as long?;

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Command(sql, parameters).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Ends a transaction that is there to stay.</summary>
    public void Committed()
    {
        foreach (var action in _afterCommit)
            action();
        Clear();
    }

    /// <summary>Ends a transaction that is rolled back.</summary>
    public void RolledBack()
    {
        foreach (var action in _afterRollback)
            action();
        Clear();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
    }

    private void Clear()
    {
        _afterCommit.Clear();
        _afterRollback.Clear();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters)
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            _commands.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }
}
