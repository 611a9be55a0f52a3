namespace OnnxChat.Connector.Chat;

/// <summary>
/// Takes white space off both ends of a reply that arrives in pieces, so that streamed and whole replies are the same
/// text. Models write a space after the prompt and before their end token.
/// </summary>
internal sealed class ReplyTrimmer
{
    private string _held = "";
    private bool _started;

    /// <summary>Adds a piece and returns what of it is certainly within the reply.</summary>
    public string Append(string piece)
    {
        var text = _started ? _held + piece : piece.TrimStart();
        var within = text.TrimEnd();
        _started |= within.Length > 0;
        _held = _started ? text[within.Length..] : "";
        return within;
    }
}
