using OnnxChat.Connector.Chat;

namespace OnnxChat.ModelTools.Generate;

/// <summary>What to generate, from where, to where.</summary>
/// <param name="Model">A model folder.</param>
/// <param name="Input">A JSONL file; <c>-</c> for standard input.</param>
/// <param name="Output">A JSONL file; <c>-</c> for standard output.</param>
/// <param name="Settings">Settings of every reply.</param>
internal sealed record GenerateRequest(string Model, string Input, string Output, ReplySettings Settings);
