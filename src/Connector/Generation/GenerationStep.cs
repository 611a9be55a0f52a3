namespace OnnxChat.Connector.Generation;

/// <summary>What one step of a reply gives.</summary>
/// <param name="Token">The token chosen.</param>
/// <param name="Text">Characters that are certain now; often none.</param>
/// <param name="Finish">Why the reply ends with this step; null while it goes on.</param>
internal readonly record struct GenerationStep(int Token, string Text, GenerationFinish? Finish);
