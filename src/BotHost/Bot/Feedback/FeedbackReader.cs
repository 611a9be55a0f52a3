using Microsoft.Bot.Schema;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotHost.Bot.Feedback;

/// <summary>Reads feedback as each channel sends it.</summary>
internal static class FeedbackReader
{
    public const string TeamsInvoke = "message/submitAction";
    public const string WebChatEvent = "webchat:activity-status/feedback";

    private const int MaxCommentCharacters = 1_000;

    /// <summary>The invoke of Teams: <c>{"actionName":"feedback","actionValue":{"reaction":"like","feedback":"{\"feedbackText\":\"...\"}"}}</c>.</summary>
    /// <returns>Null for another action, or one that says neither like nor dislike.</returns>
    public static CustomerFeedback? ReadInvoke(IInvokeActivity activity)
    {
        if (activity.Value is not JObject value || Text(value["actionName"]) != "feedback" || value["actionValue"] is not JObject action)
            return null;

        return Text(action["reaction"]) switch
        {
            "like" => new CustomerFeedback(true, activity.ReplyToId, Comment(action["feedback"])),
            "dislike" => new CustomerFeedback(false, activity.ReplyToId, Comment(action["feedback"])),
            _ => null,
        };
    }

    /// <summary>The event of Web Chat, whose entity is the action that <see cref="AnswerLabel"/> put into the reply.</summary>
    /// <returns>Null where no entity is such an action.</returns>
    public static CustomerFeedback? ReadEvent(IEventActivity activity)
    {
        foreach (var entity in activity.Entities ?? [])
        {
            var isLike = Text(entity.Properties?["@type"]) switch { AnswerLabel.Like => true, AnswerLabel.Dislike => false, _ => (bool?)null };
            if (isLike is { } positive)
                return new CustomerFeedback(positive, AnswerLabel.QuestionOf(Text(entity.Properties?["@id"])), null);
        }

        return null;
    }

    // JSON within JSON from Teams, the words as they are from the Agents Playground.
    private static string? Comment(JToken? feedback)
    {
        var text = Text(feedback);
        var comment = text?.TrimStart().StartsWith('{') == true ? Within(text) : text;
        return comment is { Length: > MaxCommentCharacters } ? comment[..MaxCommentCharacters] : comment;
    }

    private static string? Within(string json)
    {
        try
        {
            return Text((JToken.Parse(json) as JObject)?["feedbackText"]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JToken? token) => token is { Type: JTokenType.String } ? (string?)token : null;
}
