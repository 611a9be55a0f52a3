namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>How the way through a loop goes on after a statement.</summary>
internal enum JinjaFlow
{
    Next,
    Continue,
    Break,
}
