namespace Microsoft.Bot.Builder;

/// <summary>What a bot remembers of one user in one conversation.</summary>
public class PrivateConversationState : BotState
{
    public PrivateConversationState(IStorage storage)
        : base(storage, nameof(PrivateConversationState))
    {
    }

    protected override string GetStorageKey(ITurnContext turnContext)
    {
        var key = StateKey.Of(turnContext);
        return $"{key.Channel}/conversations/{key.Conversation}/users/{key.User}";
    }
}
