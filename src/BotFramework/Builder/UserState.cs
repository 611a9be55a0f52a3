namespace Microsoft.Bot.Builder;

/// <summary>What a bot remembers of a user, in all conversations of a channel.</summary>
public class UserState : BotState
{
    public UserState(IStorage storage)
        : base(storage, nameof(UserState))
    {
    }

    protected override string GetStorageKey(ITurnContext turnContext)
    {
        var key = StateKey.Of(turnContext);
        return $"{key.Channel}/users/{key.User}";
    }
}
