using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Microsoft.Bot.Schema;

public partial class Activity
{
    public static IContactRelationUpdateActivity CreateContactRelationUpdateActivity() => new Activity(ActivityTypes.ContactRelationUpdate);

    public static IConversationUpdateActivity CreateConversationUpdateActivity() => new Activity(ActivityTypes.ConversationUpdate);

    public static IEndOfConversationActivity CreateEndOfConversationActivity() => new Activity(ActivityTypes.EndOfConversation);

    public static IEventActivity CreateEventActivity() => new Activity(ActivityTypes.Event);

    public static IHandoffActivity CreateHandoffActivity() => new Activity(ActivityTypes.Handoff);

    public static IInvokeActivity CreateInvokeActivity() => new Activity(ActivityTypes.Invoke);

    public static IMessageActivity CreateMessageActivity() => new Activity(ActivityTypes.Message) { Attachments = [], Entities = [] };

    public static ITypingActivity CreateTypingActivity() => new Activity(ActivityTypes.Typing);

    public static ITraceActivity CreateTraceActivity(string name, string valueType = default, object value = default, [CallerMemberName] string label = default) =>
        new Activity(ActivityTypes.Trace) { Name = name, Label = label, ValueType = valueType ?? value?.GetType().Name, Value = value };

    public ICommandActivity AsCommandActivity() => IsActivity(ActivityTypes.Command) ? this : null;

    public ICommandResultActivity AsCommandResultActivity() => IsActivity(ActivityTypes.CommandResult) ? this : null;

    public IContactRelationUpdateActivity AsContactRelationUpdateActivity() => IsActivity(ActivityTypes.ContactRelationUpdate) ? this : null;

    public IConversationUpdateActivity AsConversationUpdateActivity() => IsActivity(ActivityTypes.ConversationUpdate) ? this : null;

    public IEndOfConversationActivity AsEndOfConversationActivity() => IsActivity(ActivityTypes.EndOfConversation) ? this : null;

    public IEventActivity AsEventActivity() => IsActivity(ActivityTypes.Event) ? this : null;

    public IHandoffActivity AsHandoffActivity() => IsActivity(ActivityTypes.Handoff) ? this : null;

    public IInstallationUpdateActivity AsInstallationUpdateActivity() => IsActivity(ActivityTypes.InstallationUpdate) ? this : null;

    public IInvokeActivity AsInvokeActivity() => IsActivity(ActivityTypes.Invoke) ? this : null;

    public IMessageActivity AsMessageActivity() => IsActivity(ActivityTypes.Message) ? this : null;

    public IMessageDeleteActivity AsMessageDeleteActivity() => IsActivity(ActivityTypes.MessageDelete) ? this : null;

    public IMessageReactionActivity AsMessageReactionActivity() => IsActivity(ActivityTypes.MessageReaction) ? this : null;

    public IMessageUpdateActivity AsMessageUpdateActivity() => IsActivity(ActivityTypes.MessageUpdate) ? this : null;

    public ISuggestionActivity AsSuggestionActivity() => IsActivity(ActivityTypes.Suggestion) ? this : null;

    public ITraceActivity AsTraceActivity() => IsActivity(ActivityTypes.Trace) ? this : null;

    public ITypingActivity AsTypingActivity() => IsActivity(ActivityTypes.Typing) ? this : null;

    /// <summary>The channel's own data as <typeparamref name="TypeT"/>; its default where there is none.</summary>
    public TypeT GetChannelData<TypeT>() => ChannelData switch
    {
        null => default,
        TypeT typed => typed,
        JToken token => token.ToObject<TypeT>(),
        var other => JToken.FromObject(other).ToObject<TypeT>(),
    };

    /// <summary>As <see cref="GetChannelData{TypeT}"/>, but false where the data is missing or of another shape.</summary>
    public bool TryGetChannelData<TypeT>(out TypeT instance)
    {
        instance = default;
        try
        {
            if (ChannelData is null)
                return false;

            instance = GetChannelData<TypeT>();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException or InvalidCastException)
        {
            return false;
        }
    }

    /// <summary>The mentions among the entities, of the bot and of others.</summary>
    public Mention[] GetMentions() => Entities is null
        ? []
        : [.. Entities.Where(entity => string.Equals(entity.Type, "mention", StringComparison.OrdinalIgnoreCase))
            .Select(entity => entity as Mention ?? entity.GetAs<Mention>())];

    /// <summary>Whether there is anything to show: text, a summary, attachments or channel data.</summary>
    public bool HasContent() =>
        !string.IsNullOrWhiteSpace(Text) || !string.IsNullOrWhiteSpace(Summary) || Attachments is { Count: > 0 } || ChannelData is not null;

    /// <summary>Whether the service URL is of a streaming connection (<c>urn:</c>) rather than http.</summary>
    public bool IsFromStreamingConnection() => ServiceUrl is { } url && !url.StartsWith("http", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether <see cref="Type"/> is <paramref name="activityType"/> or a subtype, such as <c>message/submitAction</c>.</summary>
    protected bool IsActivity(string activityType) =>
        Type is { } type
        && type.StartsWith(activityType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == activityType.Length || type[activityType.Length] == '/');
}
