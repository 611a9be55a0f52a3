namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>The value of a name that has none: false, and no text.</summary>
internal sealed record JinjaUndefined(string Name);
