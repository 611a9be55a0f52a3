namespace OnnxChat.Gpt2.Export;

/// <summary>What stands around a message of one role.</summary>
/// <param name="Prefix">Before the text.</param>
/// <param name="Suffix">After it.</param>
public sealed record RoleText(string Prefix, string Suffix);
