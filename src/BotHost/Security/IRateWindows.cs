namespace OnnxChat.BotHost.Security;

/// <summary>Counts what somebody does in a minute, at this host, or at all hosts that share a store.</summary>
internal interface IRateWindows
{
    /// <summary>Counts once more.</summary>
    /// <param name="what">What is limited.</param>
    /// <param name="who">Whose it is.</param>
    /// <param name="limit">How often a minute; 1 or more.</param>
    /// <returns>How long to wait; null where it may be done now.</returns>
    ValueTask<TimeSpan?> TakeAsync(string what, string who, int limit);
}
