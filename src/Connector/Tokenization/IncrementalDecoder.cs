using System.Text;

namespace OnnxChat.Connector.Tokenization;

/// <summary>Turns a stream of tokens into text, a character at the earliest once all its bytes are there.</summary>
internal sealed class IncrementalDecoder(ModelTokenizer tokenizer)
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    /// <summary>Adds one token.</summary>
    /// <returns>The characters it completes; empty while a character is under way. Malformed bytes become U+FFFD.</returns>
    public string Append(int token) => Decode(tokenizer.GetBytes(token), flush: false);

    /// <summary>Ends the stream.</summary>
    /// <returns>U+FFFD where it ends within a character, otherwise nothing.</returns>
    public string Flush() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> buffer = stackalloc char[256];
        var count = _utf8.GetCharCount(bytes, flush);
        var characters = count <= buffer.Length ? buffer[..count] : new char[count];
        _utf8.GetChars(bytes, characters, flush);
        return count == 0 ? "" : new string(characters);
    }
}
