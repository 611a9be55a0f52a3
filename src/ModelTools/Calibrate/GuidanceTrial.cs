using OnnxChat.ModelTools.Evaluate.Scoring;

namespace OnnxChat.ModelTools.Calibrate;

/// <summary>Replies to the validation questions with the index weighing in.</summary>
/// <param name="Strength">How much it weighs, see <see cref="OnnxChat.Connector.Confidence.ConfidenceEntry.Guidance"/>.</param>
/// <param name="Replies">One a question.</param>
/// <param name="Right">How many of them are right.</param>
internal sealed record GuidanceTrial(double Strength, IReadOnlyList<GeneratedReply> Replies, int Right);
