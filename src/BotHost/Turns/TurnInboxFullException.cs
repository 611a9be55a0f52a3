namespace OnnxChat.BotHost.Turns;

/// <summary>A message was not accepted: too many wait.</summary>
/// <param name="message">How many wait, and what allows more.</param>
/// <param name="ofConversation">Whether it is one conversation that has too many, and not the host.</param>
internal sealed class TurnInboxFullException(string message, bool ofConversation) : TurnInboxException(message)
{
    public bool OfConversation => ofConversation;
}
