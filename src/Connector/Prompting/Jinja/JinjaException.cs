namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>A template that this evaluator cannot follow: the construct, and the line where it stands if known.</summary>
internal sealed class JinjaException(string message) : Exception(message)
{
    public static JinjaException Unsupported(string construct, int line) => new($"line {line}: {construct} is not supported");
}
