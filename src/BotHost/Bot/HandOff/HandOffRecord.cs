namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>A conversation in which a person is wanted, or speaks.</summary>
/// <param name="Key">The conversation.</param>
/// <param name="Language">The customer's language, as a culture's name.</param>
/// <param name="RequestedAt">When the customer asked.</param>
/// <param name="Person">Who has taken the conversation; null while it waits.</param>
internal sealed record HandOffRecord(HandOffKey Key, string Language, DateTimeOffset RequestedAt, string? Person)
{
    public bool IsTaken => Person is not null;
}
