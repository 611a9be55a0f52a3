namespace OnnxChat.BotHost.Turns;

/// <summary>A message was not accepted: too many wait.</summary>
/// <param name="message">How many wait, and what allows more.</param>
/// <param name="ofConversation">Whether it is one conversation that has too many, and not the inbox.</param>
internal sealed class TurnInboxFullException(string message, bool ofConversation) : TurnInboxException(message)
{
    public bool OfConversation => ofConversation;

    public static TurnInboxFullException OfInbox(int limit) => new(
        $"{limit} turns wait in the inbox, which is as many as {TurnsOptions.Section}:{nameof(TurnsOptions.MaxWaitingTurns)} allows, or as are answered within {TurnsOptions.Section}:{nameof(TurnsOptions.MaxExpectedWait)} at the present pace.",
        ofConversation: false);

    public static TurnInboxFullException OfOneConversation(int limit) => new($"{limit} turns of the conversation wait in the inbox, which is as many as are allowed.", ofConversation: true);
}
