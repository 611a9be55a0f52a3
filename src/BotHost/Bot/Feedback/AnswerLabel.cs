using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotHost.Bot.Feedback;

/// <summary>Marks a reply as the model's own words, and lets the customer say whether it helped.</summary>
internal static class AnswerLabel
{
    public const string Like = "LikeAction";
    public const string Dislike = "DislikeAction";

    private const string MessageType = "https://schema.org/Message";
    private const string IdPrefix = "urn:onnxchat:feedback:";

    /// <param name="answer">The reply.</param>
    /// <param name="question">What it replies to.</param>
    /// <param name="asksForFeedback">Whether the customer is asked.</param>
    public static void Attach(Activity answer, Activity question, bool asksForFeedback)
    {
        var message = new JObject
        {
            ["@type"] = "Message",
            ["@context"] = "https://schema.org",
            ["@id"] = "",
            ["additionalType"] = new JArray("AIGeneratedContent"),
        };
        if (asksForFeedback && question.ChannelId is Microsoft.Bot.Connector.Channels.Webchat or Microsoft.Bot.Connector.Channels.Directline)
            message["potentialAction"] = new JArray(Action(Like, question), Action(Dislike, question));
        if (asksForFeedback && question.ChannelId == Microsoft.Bot.Connector.Channels.Msteams)
            answer.ChannelData = new JObject { ["feedbackLoopEnabled"] = true };

        answer.Entities = [.. answer.Entities ?? [], new Entity(MessageType) { Properties = message }];
    }

    public static bool IsOn(Activity reply) => reply.Entities?.Any(entity => entity.Type == MessageType) == true;

    /// <summary>The id of the question that an action's id names.</summary>
    public static string? QuestionOf(string? actionId) =>
        actionId?.StartsWith(IdPrefix, StringComparison.Ordinal) == true && actionId.LastIndexOf(':') is var end && end > IdPrefix.Length
            ? Uri.UnescapeDataString(actionId[IdPrefix.Length..end])
            : null;

    private static JObject Action(string type, Activity question) => new()
    {
        ["@type"] = type,
        ["@id"] = $"{IdPrefix}{Uri.EscapeDataString(question.Id ?? "")}:{type}",
        ["actionStatus"] = "PotentialActionStatus",
    };
}
