using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>The parts of the keys of a turn's states. A part that a state needs and that the activity lacks is an error.</summary>
internal readonly struct StateKey
{
    private readonly Activity _activity;

    private StateKey(Activity activity) => _activity = activity;

    internal string Channel => Need(_activity.ChannelId, "channelId");

    internal string Conversation => Need(_activity.Conversation?.Id, "conversation.id");

    internal string User => Need(_activity.From?.Id, "from.id");

    internal static StateKey Of(ITurnContext turnContext)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        return new StateKey(turnContext.Activity);
    }

    private static string Need(string part, string name) =>
        part ?? throw new InvalidOperationException($"The activity has no {name}, which the key of the bot's state needs.");
}
