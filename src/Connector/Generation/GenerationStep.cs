namespace OnnxChat.Connector.Generation;

/// <summary>What one step of a reply gives.</summary>
/// <param name="Token">The token chosen.</param>
/// <param name="LogProbability">Its natural logarithm of probability under the model, before any setting is applied.</param>
/// <param name="Text">Characters that are certain now; often none.</param>
/// <param name="Finish">Why the reply ends with this step; null while it goes on.</param>
/// <param name="Confidence">How sure the model was of the whole reply; null while it goes on.</param>
internal readonly record struct GenerationStep(int Token, double LogProbability, string Text, GenerationFinish? Finish, OnnxChatConfidence? Confidence);
