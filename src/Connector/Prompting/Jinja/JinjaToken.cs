namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>A piece of a template's source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters; of a string what it stands for.</param>
/// <param name="Line">The line it begins on, from 1.</param>
internal readonly record struct JinjaToken(JinjaTokenKind Kind, string Text, int Line);
