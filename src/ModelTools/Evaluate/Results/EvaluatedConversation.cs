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
internal sealed record EvaluatedConversation(
    Conversation Conversation, TextLanguage Language, string Reply, bool Ended, ConversationScores Scores, bool Correct);
