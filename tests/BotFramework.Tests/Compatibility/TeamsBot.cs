using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Teams;
using Microsoft.Bot.Schema;
using Microsoft.Bot.Schema.Teams;

namespace OnnxChat.BotFramework.Tests.Compatibility;

// As a Teams bot written for the official packages reads: it must compile here unchanged.
public class TeamsBot : TeamsActivityHandler
{
    protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        turnContext.Activity.RemoveRecipientMention();
        var text = turnContext.Activity.Text.Trim().ToLowerInvariant();

        if (text.Contains("who", StringComparison.Ordinal))
        {
            TeamsChannelAccount member = await TeamsInfo.GetMemberAsync(turnContext, turnContext.Activity.From.Id, cancellationToken);
            await turnContext.SendActivityAsync(MessageFactory.Text($"You are: {member.Name}, {member.UserPrincipalName}"), cancellationToken);
        }
        else if (text.Contains("everybody", StringComparison.Ordinal))
        {
            var names = new List<string>();
            string? continuationToken = null;
            do
            {
                var page = await TeamsInfo.GetPagedMembersAsync(turnContext, 100, continuationToken, cancellationToken);
                continuationToken = page.ContinuationToken;
                names.AddRange(page.Members.Select(m => m.GivenName));
            }
            while (continuationToken != null);

            await turnContext.SendActivityAsync(MessageFactory.Text(string.Join(", ", names)), cancellationToken);
        }
        else
        {
            var mention = new Mention
            {
                Mentioned = turnContext.Activity.From,
                Text = $"<at>{turnContext.Activity.From.Name}</at>",
            };
            var replyActivity = MessageFactory.Text($"Hello {mention.Text}.");
            replyActivity.Entities = new List<Entity> { mention };
            replyActivity.TeamsNotifyUser();
            await turnContext.SendActivityAsync(replyActivity, cancellationToken);
        }
    }

    protected override async Task OnTeamsMembersAddedAsync(IList<TeamsChannelAccount> teamsMembersAdded, TeamInfo teamInfo, ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken)
    {
        foreach (var teamMember in teamsMembersAdded)
        {
            if (teamMember.Id != turnContext.Activity.Recipient.Id && turnContext.Activity.Conversation.ConversationType != "personal")
            {
                await turnContext.SendActivityAsync(MessageFactory.Text($"Welcome to {teamInfo.Name}, {teamMember.GivenName} {teamMember.Surname}."), cancellationToken);
            }
        }
    }

    protected override async Task OnTeamsChannelRenamedAsync(ChannelInfo channelInfo, TeamInfo teamInfo, ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken)
    {
        var heroCard = new HeroCard(text: $"{channelInfo.Name} is the new Channel name");
        await turnContext.SendActivityAsync(MessageFactory.Attachment(heroCard.ToAttachment()), cancellationToken);
    }

    protected override Task OnTeamsMessageEditAsync(ITurnContext<IMessageUpdateActivity> turnContext, CancellationToken cancellationToken) =>
        turnContext.SendActivityAsync(MessageFactory.Text("message edited: " + turnContext.Activity.Text), cancellationToken);

    protected override async Task<InvokeResponse> OnTeamsCardActionInvokeAsync(ITurnContext<IInvokeActivity> turnContext, CancellationToken cancellationToken)
    {
        await turnContext.SendActivityAsync(MessageFactory.Text("card action"), cancellationToken);
        return CreateInvokeResponse();
    }
}
