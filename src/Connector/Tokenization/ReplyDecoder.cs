namespace OnnxChat.Connector.Tokenization;

/// <summary>One reply's way from tokens to text: whole characters, up to the first stop sequence or control token.</summary>
internal sealed class ReplyDecoder(ModelTokenizer tokenizer, IEnumerable<string> stopSequences)
{
    private readonly IncrementalDecoder _decoder = new(tokenizer);
    private readonly StopMatcher _stops = new(stopSequences);
    private bool _ended;

    /// <summary>Whether the reply is over: what follows is no part of it.</summary>
    public bool Ended => _ended || _stops.Stopped;

    /// <summary>Adds one token and returns the text it completes.</summary>
    public string Append(int token)
    {
        if (Ended)
            return "";
        if (tokenizer.IsControl(token))
            return Flush();
        return _stops.Append(_decoder.Append(token));
    }

    /// <summary>Ends the reply and returns what was held back.</summary>
    public string Flush()
    {
        if (Ended)
            return "";
        var text = _stops.Append(_decoder.Flush());
        _ended = true;
        return _stops.Stopped ? text : text + _stops.Flush();
    }
}
