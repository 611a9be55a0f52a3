namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>A compiled statement, which writes to <paramref name="output"/>.</summary>
internal delegate JinjaFlow JinjaStatement(JinjaScope scope, List<MarkedText> output);
