namespace OnnxChat.BotHost.Turns;

/// <summary>What becomes of a message that cannot be answered in time.</summary>
internal enum BusyPolicy
{
    /// <summary>It is refused, and who brought it may bring it again later.</summary>
    Refuse,

    /// <summary>It is taken, and the customer is asked at once to send it again in a moment.</summary>
    Reply,
}
