namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>How a customer reaches a person from a conversation.</summary>
internal enum HandOffRoute
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The customer is told whom to contact.</summary>
    Contact,

    /// <summary>The channel has people, and is asked for one with an event.</summary>
    Event,

    /// <summary>Somebody at this host's desk takes over.</summary>
    Desk,
}
