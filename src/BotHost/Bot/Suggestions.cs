using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Bot;

/// <summary>What a customer may want to say next, as buttons.</summary>
internal sealed class Suggestions(IOptions<BotOptions> options)
{
    private const int MaxQuestions = 3;

    /// <param name="incoming">What the customer sent.</param>
    /// <param name="sentences">The bot's words in the customer's language.</param>
    /// <param name="route">How a person is reached from this conversation.</param>
    /// <returns>Null where there is nothing to suggest, and in groups, where a button would be everybody's.</returns>
    public SuggestedActions? After(Activity incoming, Sentences sentences, HandOffRoute route)
    {
        if (GroupChat.Is(incoming.Conversation))
            return null;

        List<CardAction> actions = [.. Questions(sentences).Where(question => question != incoming.Text?.Trim()).Take(MaxQuestions).Select(Saying)];
        if (route != HandOffRoute.None)
            actions.Add(Saying(sentences.TalkToPerson));

        return actions.Count == 0 ? null : new SuggestedActions { Actions = actions, To = incoming.From?.Id is { } id ? [id] : null };
    }

    private string[] Questions(Sentences sentences) => options.Value.SuggestedQuestions.GetValueOrDefault(sentences.Language) ?? [];

    private static CardAction Saying(string text) => new(ActionTypes.ImBack, text, value: text);
}
