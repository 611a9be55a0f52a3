using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>The Redis server that the hosts share: connected at start, and again by itself whenever it is lost. What is asked meanwhile fails at once.</summary>
internal sealed partial class RedisStore : IAsyncDisposable
{
    public const string ConnectionName = "Redis";

    private const int KeyBytes = 32;
    private static readonly Version Oldest = new(7, 0);

    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;
    private readonly RedisKey _prefix;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisStore> _logger;
    private readonly long _ahead;

    /// <exception cref="TurnInboxException">The server is not named, cannot be reached, or is too old.</exception>
    public RedisStore(IConfiguration configuration, IOptions<TurnsOptions> options, TimeProvider time, ILogger<RedisStore> logger)
    {
        (_time, _logger) = (time, logger);
        _prefix = $"{{{options.Value.KeyPrefix}}}:";
        var parsed = Parse(configuration.GetConnectionString(ConnectionName));
        Name = string.Join(", ", parsed.EndPoints);
        try
        {
            _connection = ConnectionMultiplexer.Connect(parsed);
            _database = _connection.GetDatabase();
            CheckServers();
            _ahead = MillisecondsOf(_database.Execute("TIME")) - time.GetUtcNow().ToUnixTimeMilliseconds();
            SigningKey = SigningKeyOf(_database);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            _connection?.Dispose();
            throw Unusable(e);
        }
        catch
        {
            _connection?.Dispose();
            throw;
        }

        _connection.ConnectionRestored += OnRestored;
        _connection.ConnectionFailed += OnFailed;
    }

    /// <summary>The connection was lost and is there again: what was published meanwhile was not heard.</summary>
    public event Action? Restored;

    /// <summary>Where the server is.</summary>
    public string Name { get; }

    /// <summary>A key that is as old as what the server keeps.</summary>
    public byte[] SigningKey { get; }

    /// <summary>Milliseconds since 1970 by the server's clock: hosts whose clocks differ agree on leases.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds() + _ahead;

    /// <summary>A time of the server's as this host's clock gives it.</summary>
    public DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds - _ahead);

    /// <summary>A time of this host's clock as the server's gives it.</summary>
    public long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() + _ahead;

    /// <summary>Has the server do a script, in one step.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">What it gets after the time.</param>
    /// <exception cref="TurnInboxException">The server cannot be reached, or refuses. Whether the script has run is not known where the answer was lost.</exception>
    public Task<RedisResult> RunAsync(RedisScript script, params RedisValue[] arguments) =>
        DoAsync(database => database.ScriptEvaluateAsync(script.Text, [_prefix], [Now, .. arguments]));

    /// <summary>Asks the server.</summary>
    /// <exception cref="TurnInboxException">The server cannot be reached, or refuses.</exception>
    public async Task<T> DoAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        try
        {
            return await ask(_database);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>A key of ours.</summary>
    public RedisKey Key(string name, string? id = null) => _prefix.Append(id is null ? name : $"{name}:{id}");

    /// <summary>Hears what is published to a channel of ours, one message after another.</summary>
    /// <exception cref="TurnInboxException">The server cannot be reached.</exception>
    public async Task<ChannelMessageQueue> SubscribeAsync(string name, string? id = null)
    {
        try
        {
            return await _connection.GetSubscriber().SubscribeAsync(Channel(name, id));
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>Publishes what is for now only, and may be lost.</summary>
    public void Publish(string name, string id, RedisValue message)
    {
        try
        {
            _database.Publish(Channel(name, id), message, CommandFlags.FireAndForget);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            LogUnpublished(e);
        }
    }

    /// <summary>Has the server write its file anew, without what was deleted. Where it may not be asked to, it does so in its own time.</summary>
    public async Task EraseAsync()
    {
        try
        {
            await _database.ExecuteAsync("BGREWRITEAOF");
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogUnerased(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connection.ConnectionRestored -= OnRestored;
        _connection.ConnectionFailed -= OnFailed;
        await _connection.DisposeAsync();
    }

    private static ConfigurationOptions Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new TurnInboxException($"{TurnsOptions.Section}:{nameof(TurnsOptions.Store)} is {TurnStore.Redis}, and no server is named. Set ConnectionStrings:{ConnectionName} to its address, such as redis.example:6379,password=…,ssl=true.");

        ConfigurationOptions parsed;
        try
        {
            parsed = ConfigurationOptions.Parse(text);
        }
        catch (ArgumentException e)
        {
            // The text has a password in it, the exception may have the text.
            throw new TurnInboxException($"ConnectionStrings:{ConnectionName} is no connection string of StackExchange.Redis ({e.GetType().Name}). It looks like redis.example:6379,password=…,ssl=true.");
        }

        // For INFO and BGREWRITEAOF.
        parsed.AllowAdmin = true;
        parsed.AbortOnConnectFail = true;
        parsed.BacklogPolicy = BacklogPolicy.FailFast;
        parsed.ClientName ??= "OnnxChat";
        return parsed;
    }

    private static byte[] SigningKeyOf(RedisKey key, IDatabase database)
    {
        database.StringSet(key, RandomNumberGenerator.GetBytes(KeyBytes), when: When.NotExists);
        return (byte[])database.StringGet(key)!;
    }

    private byte[] SigningKeyOf(IDatabase database) => SigningKeyOf(Key("signing-key"), database);

    private RedisChannel Channel(string name, string? id) => RedisChannel.Literal(Key(name, id).ToString());

    private void CheckServers()
    {
        foreach (var server in _connection.GetServers())
        {
            if (!server.IsConnected)
                continue;
            if (server.Version < Oldest)
                throw new TurnInboxException($"The Redis server {server.EndPoint} is of version {server.Version}; {Oldest} or newer is needed, or Valkey.");

            var facts = Facts(server);
            if (facts.GetValueOrDefault("aof_enabled") == "0")
                LogForgetful(server.EndPoint);
            if (facts.GetValueOrDefault("maxmemory_policy") is { } policy && policy != "noeviction")
                LogEvicting(server.EndPoint, policy);
        }
    }

    private static Dictionary<string, string> Facts(IServer server)
    {
        try
        {
            return server.Info("persistence").Concat(server.Info("memory")).SelectMany(section => section).DistinctBy(fact => fact.Key).ToDictionary(fact => fact.Key, fact => fact.Value);
        }
        catch (RedisServerException)
        {
            // An account that may not ask.
            return [];
        }
    }

    private TurnInboxException Unusable(Exception e) => new(
        e.Message.StartsWith("OOM", StringComparison.Ordinal)
            ? $"The Redis server at {Name} has no memory left and takes nothing more. Raise its maxmemory, or lower {TurnsOptions.Section}:{nameof(TurnsOptions.MaxWaitingTurns)} and the limits of Direct Line."
            : $"The Redis server at {Name} cannot be used now: {e.GetType().Name}. Look whether it runs, is reached from here, and takes the password and the TLS settings of ConnectionStrings:{ConnectionName}.",
        e);

    private static long MillisecondsOf(RedisResult time)
    {
        var parts = (RedisValue[])time!;
        return ((long)parts[0] * 1_000) + ((long)parts[1] / 1_000);
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs e)
    {
        LogRestored(e.ConnectionType);
        if (e.ConnectionType == ConnectionType.Subscription)
            Restored?.Invoke();
    }

    private void OnFailed(object? sender, ConnectionFailedEventArgs e) => LogFailed(e.ConnectionType, e.FailureType);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Connection} connection to Redis is lost ({Failure}). Messages are refused until it is back.")]
    private partial void LogFailed(ConnectionType connection, ConnectionFailureType failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Connection} connection to Redis is back.")]
    private partial void LogRestored(ConnectionType connection);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Redis server {EndPoint} keeps nothing on disk: accepted messages are lost when it ends. Set appendonly to yes, and appendfsync to always where not even a loss of power may cost one.")]
    private partial void LogForgetful(System.Net.EndPoint endPoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Redis server {EndPoint} drops keys when its memory is full (maxmemory-policy {Policy}): accepted messages can be among them. Set it to noeviction.")]
    private partial void LogEvicting(System.Net.EndPoint endPoint, string policy);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Something in passing was not published.")]
    private partial void LogUnpublished(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The Redis server did not write its file anew; what was deleted stays in it until it does.")]
    private partial void LogUnerased(Exception exception);
}
