using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace OnnxChat.BotFramework.Tests.Compatibility;

// As a bot with state written for the official packages reads: it must compile here unchanged.
public class StateBot : ActivityHandler
{
    private readonly ConversationState _conversationState;
    private readonly UserState _userState;

    public StateBot(ConversationState conversationState, UserState userState)
    {
        _conversationState = conversationState;
        _userState = userState;
    }

    public override async Task OnTurnAsync(ITurnContext turnContext, CancellationToken cancellationToken = default(CancellationToken))
    {
        await base.OnTurnAsync(turnContext, cancellationToken);

        await _conversationState.SaveChangesAsync(turnContext, false, cancellationToken);
        await _userState.SaveChangesAsync(turnContext, false, cancellationToken);
    }

    protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        var conversationAccessor = _conversationState.CreateProperty<ConversationData>(nameof(ConversationData));
        var conversation = await conversationAccessor.GetAsync(turnContext, () => new ConversationData(), cancellationToken);
        var profileAccessor = _userState.CreateProperty<UserProfile>(nameof(UserProfile));
        var profile = await profileAccessor.GetAsync(turnContext, () => new UserProfile(), cancellationToken);

        if (turnContext.Activity.Text == "forget me")
        {
            await _userState.DeleteAsync(turnContext, cancellationToken);
            await _conversationState.ClearStateAsync(turnContext, cancellationToken);
            await turnContext.SendActivityAsync("forgotten", cancellationToken: cancellationToken);
            return;
        }

        conversation.Turns++;
        if (string.IsNullOrEmpty(profile.Name))
        {
            profile.Name = turnContext.Activity.Text?.Trim();
            await turnContext.SendActivityAsync($"Thanks {profile.Name}.", cancellationToken: cancellationToken);
            return;
        }

        await turnContext.SendActivityAsync($"{profile.Name} said: {turnContext.Activity.Text} ({conversation.Turns})", cancellationToken: cancellationToken);
    }

    public class ConversationData
    {
        public int Turns { get; set; }
    }

    public class UserProfile
    {
        public string? Name { get; set; }
    }
}
