namespace Microsoft.Bot.Builder;

/// <summary>What a bot remembers of a conversation, with whoever speaks in it.</summary>
public class ConversationState : BotState
{
    public ConversationState(IStorage storage)
        : base(storage, nameof(ConversationState))
    {
    }

    protected override string GetStorageKey(ITurnContext turnContext)
    {
        var key = StateKey.Of(turnContext);
        return $"{key.Channel}/conversations/{key.Conversation}";
    }
}
