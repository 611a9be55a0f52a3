using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Turns.Sqlite;

/// <summary>The inbox's file, for this host alone: made where it is missing, opened with what a crash left in it. In memory where nothing is to be kept.</summary>
internal sealed class SqliteStore : IAsyncDisposable
{
    private const string FileName = "turns.db";
    private const string LockName = "turns.lock";
    private const int SchemaVersion = 1;
    private const int KeyBytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream? _lock;

    /// <exception cref="TurnInboxException">The folder cannot be used, or another host has it.</exception>
    public SqliteStore(IOptions<TurnsOptions> options, ILogger<SqliteStore> logger)
    {
        var connection = options.Value.Store == TurnStore.None ? new SqliteConnection("Data Source=:memory:") : OpenFile(options.Value.Folder, out _lock);
        try
        {
            connection.Open();
            Prepare(connection);
            SigningKey = SigningKeyOf(connection);
        }
        catch (Exception e)
        {
            connection.Dispose();
            _lock?.Dispose();
            throw e is SqliteException ? new TurnInboxException($"The inbox in {options.Value.Folder} cannot be opened: {e.Message} Restore {FileName} from a backup, or move it away.", e) : e;
        }

        Writer = new SqliteWriter(connection, logger);
    }

    public SqliteWriter Writer { get; }

    /// <summary>A key that is as old as the file.</summary>
    public byte[] SigningKey { get; }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        if (_lock is not null)
            await _lock.DisposeAsync();
    }

    private static SqliteConnection OpenFile(string folder, out FileStream held)
    {
        var full = Path.GetFullPath(folder);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(full);
            else
                Directory.CreateDirectory(full, OwnerOnly | UnixFileMode.UserExecute);

            held = Create(Path.Combine(full, LockName), FileShare.None);
            var file = Path.Combine(full, FileName);
            // SQLite gives the files beside it the rights of this one.
            Create(file, FileShare.ReadWrite).Dispose();
            return new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TurnInboxException(
                $"The data folder {full} cannot be used: {e.Message} Each host needs one of its own that it may write to: --{TurnsOptions.Section}:{nameof(TurnsOptions.Folder)}=FOLDER; or --{TurnsOptions.Section}:{nameof(TurnsOptions.Store)}={TurnStore.None}, with which messages end with the process.",
                e);
        }
    }

    private static FileStream Create(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    private static void Prepare(SqliteConnection connection)
    {
        // What is deleted is overwritten: customers' words do not stay behind in free pages.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 5000;");
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        switch ((long)command.ExecuteScalar()!)
        {
            case 0:
                Execute(connection, SqliteSchema.Create + $"PRAGMA user_version = {SchemaVersion};");
                break;
            case SchemaVersion:
                // Nobody else has the file: whoever held these turns is gone.
                Execute(connection, "UPDATE queue SET runnable_at = 0 WHERE leased = 1; UPDATE queue SET leased = 0;");
                break;
            case var version:
                throw new TurnInboxException($"The inbox {connection.DataSource} is of version {version}; this program knows {SchemaVersion}. Start the version that wrote it, or move it away.");
        }
    }

    private static byte[] SigningKeyOf(SqliteConnection connection)
    {
        using var session = new SqliteSession(connection);
        session.Execute("INSERT INTO secrets (name, value) VALUES ('signing', $value) ON CONFLICT DO NOTHING", ("$value", RandomNumberGenerator.GetBytes(KeyBytes)));
        return session.Rows("SELECT value FROM secrets WHERE name = 'signing'", row => row.GetFieldValue<byte[]>(0))[0];
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
