namespace OnnxChat.BotHost.Bot.Feedback;

/// <summary>Takes note of feedback. What a customer wrote is the customer's: only its length is logged.</summary>
internal sealed partial class FeedbackLog(ILogger<FeedbackLog> logger)
{
    public void Note(CustomerFeedback feedback, string? channelId)
    {
        LogFeedback(feedback.IsPositive ? "good" : "bad", channelId, feedback.ReplyId, feedback.Comment?.Length ?? 0);
        if (feedback.Comment is not null)
            LogComment(feedback.Comment);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A customer on channel {ChannelId} finds a reply {Verdict}: {ReplyId}, with {CommentCharacters} characters of comment.")]
    private partial void LogFeedback(string verdict, string? channelId, string? replyId, int commentCharacters);

    [LoggerMessage(Level = LogLevel.Trace, Message = "Comment: {Text}")]
    private partial void LogComment(string text);
}
