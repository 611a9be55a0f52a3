using System.Net;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Connector;
using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotFramework.Tests.Compatibility;

// As a customer service bot written for the official packages reads: it must compile here unchanged.
public class ServiceBot : ActivityHandler
{
    protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        await turnContext.SendActivityAsync(Activity.CreateTypingActivity(), cancellationToken);
        if (turnContext.Activity.ChannelId == Channels.Msteams)
        {
            turnContext.Activity.RemoveRecipientMention();
        }

        if (turnContext.Activity.Value is JObject value && value.TryGetValue("rating", out var rating))
        {
            await turnContext.SendActivityAsync($"rated {rating}", cancellationToken: cancellationToken);
            return;
        }

        if (turnContext.Activity.Text == "card")
        {
            var card = new HeroCard
            {
                Title = "Was this helpful?",
                Buttons = new List<CardAction> { new CardAction { Type = ActionTypes.MessageBack, Title = "Yes", Value = new { rating = 1 } } },
            };
            await turnContext.SendActivityAsync(MessageFactory.Attachment(card.ToAttachment()), cancellationToken);
            return;
        }

        var reply = MessageFactory.Text(turnContext.Activity.Text.Trim(), inputHint: InputHints.ExpectingInput);
        reply.SuggestedActions = new SuggestedActions { Actions = new List<CardAction> { new CardAction(ActionTypes.ImBack, "More", value: "more") } };
        reply.Entities = new List<Entity> { new Entity("https://schema.org/Message") { Properties = JObject.FromObject(new { additionalType = new[] { "AIGeneratedContent" } }) } };
        reply.ChannelData = JObject.FromObject(new { feedbackLoopEnabled = true });
        var sent = await turnContext.SendActivityAsync(reply, cancellationToken);
        var edited = MessageFactory.Text("edited");
        edited.Id = sent.Id;
        await turnContext.UpdateActivityAsync(edited, cancellationToken);
        await turnContext.DeleteActivityAsync(sent.Id, cancellationToken);
    }

    protected override async Task OnReactionsAddedAsync(IList<MessageReaction> messageReactions, ITurnContext<IMessageReactionActivity> turnContext, CancellationToken cancellationToken)
    {
        foreach (var reaction in messageReactions)
        {
            await turnContext.SendActivityAsync(MessageFactory.Text($"{reaction.Type} on {turnContext.Activity.ReplyToId}"), cancellationToken);
        }
    }

    protected override async Task<InvokeResponse> OnInvokeActivityAsync(ITurnContext<IInvokeActivity> turnContext, CancellationToken cancellationToken)
    {
        if (turnContext.Activity.Name == "message/submitAction")
        {
            return CreateInvokeResponse(new { ok = true });
        }

        return await base.OnInvokeActivityAsync(turnContext, cancellationToken);
    }

    protected override Task<AdaptiveCardInvokeResponse> OnAdaptiveCardInvokeAsync(ITurnContext<IInvokeActivity> turnContext, AdaptiveCardInvokeValue invokeValue, CancellationToken cancellationToken)
    {
        if (invokeValue.Action.Verb == "forbidden")
        {
            throw new InvokeResponseException(HttpStatusCode.Forbidden);
        }

        return Task.FromResult(new AdaptiveCardInvokeResponse { StatusCode = 200, Type = "application/vnd.microsoft.activity.message", Value = invokeValue.Action.Verb });
    }

    protected override Task OnEventActivityAsync(ITurnContext<IEventActivity> turnContext, CancellationToken cancellationToken) =>
        turnContext.SendActivityAsync(MessageFactory.Text($"event {turnContext.Activity.Name} in {turnContext.Activity.GetLocale()}"), cancellationToken);
}
