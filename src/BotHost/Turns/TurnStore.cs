namespace OnnxChat.BotHost.Turns;

/// <summary>Where accepted messages are kept until they are answered.</summary>
internal enum TurnStore
{
    /// <summary>In memory: a channel waits for the turn it has brought, and what is not answered ends with the process.</summary>
    None,

    /// <summary>In a SQLite file of this machine.</summary>
    Sqlite,

    /// <summary>On a Redis server that several hosts share.</summary>
    Redis,
}
