namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>The template itself refused the conversation (<c>raise_exception</c>).</summary>
internal sealed class JinjaRaisedException(string message) : Exception(message);
