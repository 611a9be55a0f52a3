namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>A compiled expression. Values are null, bool, long, double, <see cref="MarkedText"/>, lists, maps, <see cref="JinjaCallable"/> and <see cref="JinjaUndefined"/>.</summary>
internal delegate object? JinjaExpression(JinjaScope scope);
