using OnnxChat.Connector;
using OnnxChat.Connector.Confidence;
using OnnxChat.Evaluation;
using OnnxChat.ModelTools.Evaluate.Conversations;

namespace OnnxChat.ModelTools.Evaluate.Results;

/// <summary>One conversation and how a model did on it.</summary>
/// <param name="Conversation">Question and wanted answer.</param>
/// <param name="Language">Language of the wanted answer.</param>
/// <param name="Reply">What the model answered.</param>
/// <param name="Ended">Whether the model ended the reply itself; false where a limit did.</param>
/// <param name="Scores">What was measured.</param>
/// <param name="Correct">Whether the reply is near enough to the wanted answer.</param>
/// <param name="Confidence">How sure the model was, with a score where the folder is calibrated.</param>
/// <param name="Right">Whether the reply is the wanted answer, or another of its topic.</param>
/// <param name="Refused">Whether the reply says that the service cannot help.</param>
internal sealed record EvaluatedConversation(
    Conversation Conversation, TextLanguage Language, string Reply, bool Ended, ConversationScores Scores, bool Correct, OnnxChatConfidence Confidence, bool Right, bool Refused)
{
    /// <summary>Language of the question, as the connector tells it.</summary>
    public string QuestionLanguage { get; } = ReplyCalibration.LanguageOf(Conversation.User);

    /// <summary>The calibrated score; without a calibration the geometric mean of the tokens' probabilities.</summary>
    public double Score => Confidence.Score ?? Math.Exp(Confidence.MeanLogProbability);

    /// <summary>Whether a person is asked instead.</summary>
    public bool HandedOver => Confidence.BelowThreshold;
}
