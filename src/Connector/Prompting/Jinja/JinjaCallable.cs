namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>A function, macro or method.</summary>
internal delegate object? JinjaCallable(JinjaArguments arguments);
