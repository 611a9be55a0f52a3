using OnnxChat.Connector.Confidence;
using OnnxChat.ModelTools.Calibrate.Fitting;
using OnnxChat.ModelTools.Evaluate.Conversations;
using OnnxChat.ModelTools.Evaluate.Scoring;

namespace OnnxChat.ModelTools.Calibrate;

/// <summary>A validation question with its reply.</summary>
/// <param name="Conversation">The question, and the wanted answer.</param>
/// <param name="Reply">What the model answered.</param>
/// <param name="Match">What the index says of it; null without an index.</param>
/// <param name="Right">Whether the reply is right.</param>
/// <param name="Refused">Whether the reply says that the service cannot help.</param>
/// <param name="IndexRight">Whether the index alone would have given the right answer.</param>
internal sealed record JudgedReply(Conversation Conversation, GeneratedReply Reply, IndexMatch? Match, bool Right, bool Refused, bool IndexRight)
{
    /// <summary>Language of the question.</summary>
    public string Language { get; } = ReplyCalibration.LanguageOf(Conversation.User);

    /// <summary>What is fitted.</summary>
    /// <param name="withIndex">Whether with what the index says.</param>
    public CalibrationSample Sample(bool withIndex) =>
        new(Conversation.Group ?? Conversation.User, Language, ConfidenceFeatures.Of(Reply.Confidence, withIndex ? Match : null), Right);
}
