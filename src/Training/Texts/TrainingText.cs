namespace OnnxChat.Training.Texts;

/// <summary>A conversation in tokens.</summary>
/// <param name="Tokens">Prompt, answer, end token.</param>
/// <param name="UserStart">Where the segment with the customer's words begins.</param>
/// <param name="AnswerStart">Where the answer begins: the length of the prompt.</param>
internal readonly record struct TrainingText(int[] Tokens, int UserStart, int AnswerStart);
