using System.Collections.Concurrent;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace OnnxChat.BotFramework.Tests.Compatibility;

// As a bot that speaks first, written for the official packages, reads: it must compile here unchanged.
public class ProactiveBot : ActivityHandler
{
    private readonly ConcurrentDictionary<string, ConversationReference> _conversationReferences;

    public ProactiveBot(ConcurrentDictionary<string, ConversationReference> conversationReferences)
    {
        _conversationReferences = conversationReferences;
    }

    protected override Task OnConversationUpdateActivityAsync(ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken)
    {
        AddConversationReference(turnContext.Activity as Activity);

        return base.OnConversationUpdateActivityAsync(turnContext, cancellationToken);
    }

    protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        AddConversationReference(turnContext.Activity as Activity);

        var reply = MessageFactory.Text("What card would you like?");
        reply.SuggestedActions = new SuggestedActions()
        {
            Actions = new List<CardAction>()
            {
                new CardAction() { Title = "Red", Type = ActionTypes.ImBack, Value = "Red" },
                new CardAction() { Title = "Blue", Type = ActionTypes.ImBack, Value = "Blue" },
            },
        };
        await turnContext.SendActivityAsync(reply, cancellationToken);

        var cards = MessageFactory.Attachment(new List<Attachment>());
        cards.AttachmentLayout = AttachmentLayoutTypes.Carousel;
        cards.Attachments.Add(GetHeroCard("one").ToAttachment());
        cards.Attachments.Add(GetHeroCard("two").ToAttachment());
        await turnContext.SendActivityAsync(cards, cancellationToken);
    }

    private static HeroCard GetHeroCard(string title) => new HeroCard
    {
        Title = title,
        Images = new List<CardImage> { new CardImage("https://example.org/card.png") },
        Buttons = new List<CardAction> { new CardAction(ActionTypes.OpenUrl, "Open", value: "https://example.org") },
    };

    private void AddConversationReference(Activity? activity)
    {
        var conversationReference = activity!.GetConversationReference();
        _conversationReferences.AddOrUpdate(conversationReference.User.Id, conversationReference, (key, newValue) => conversationReference);
    }
}
