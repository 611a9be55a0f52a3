namespace OnnxChat.Connector.Confidence;

/// <summary>An answer of the training conversations.</summary>
/// <param name="Class">Answers of one class count as the same: those of one topic.</param>
/// <param name="Hash">See <see cref="AnswerText.Hash"/>.</param>
/// <param name="Words">See <see cref="TextFeatures.WordsOf"/>.</param>
/// <param name="Start">See <see cref="AnswerText.Start"/>.</param>
internal readonly record struct KnownAnswer(int Class, ulong Hash, uint[] Words, string Start);
