namespace OnnxChat.Connector.Prompting;

/// <summary>What stands around a message of one role.</summary>
/// <param name="Prefix">Before the text.</param>
/// <param name="Suffix">After it.</param>
internal sealed record RoleMarkers(string Prefix = "", string Suffix = "")
{
    public MarkedText Around(string text) =>
        MarkedText.Concat(MarkedText.Own(Prefix), MarkedText.Quote(text), MarkedText.Own(Suffix));
}
