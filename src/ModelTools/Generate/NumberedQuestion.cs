using OnnxChat.Connector.Generation;

namespace OnnxChat.ModelTools.Generate;

/// <summary>A question that can be answered.</summary>
/// <param name="Number">Its line, from 1.</param>
/// <param name="Question">As it was given.</param>
/// <param name="Request">What the model is asked.</param>
internal sealed record NumberedQuestion(int Number, GenerateQuestion Question, GenerationRequest Request);
