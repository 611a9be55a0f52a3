using System.Globalization;
using System.Text;

namespace OnnxChat.Connector.Tokenization;

/// <summary>
/// A model's tokenizer. Text never becomes a control token: a user who types <c>&lt;|ASSISTANT|&gt;</c> gets the ids of
/// those characters. Safe for concurrent use.
/// </summary>
internal sealed class ModelTokenizer
{
    private const char SpaceMark = '\u2581';

    private readonly ITextEncoder _encoder;
    private readonly IReadOnlyList<TextNormalizer> _normalizers;
    private readonly byte[]?[] _bytes;
    private readonly Dictionary<int, AddedToken> _added;
    private readonly ILookup<char, AddedToken> _addedByFirst;

    public ModelTokenizer(TokenizerFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _encoder = file.IsByteLevel ? new ByteLevelEncoder(file) : new CharacterEncoder(file);
        _normalizers = file.Normalizers;
        _added = file.AddedTokens.ToDictionary(t => t.Id);
        _addedByFirst = file.AddedTokens.Where(t => t.Content.Length > 0).OrderByDescending(t => t.Content.Length).ToLookup(t => t.Content[0]);
        ControlTokens = file.AddedTokens.Where(t => t.IsControl).ToDictionary(t => t.Content, t => t.Id, StringComparer.Ordinal);
        BeginToken = file.BeginToken;

        VocabularySize = 1 + Math.Max(
            file.Vocabulary.Values.DefaultIfEmpty(-1).Max(),
            file.AddedTokens.Select(t => t.Id).DefaultIfEmpty(-1).Max());
        _bytes = new byte[VocabularySize][];
        foreach (var (token, id) in file.Vocabulary)
            _bytes[id] = file.IsByteLevel ? BytesOfStandIns(token) : BytesOfPiece(token, file.HasByteFallback);
        foreach (var token in file.AddedTokens)
            _bytes[token.Id] = token.IsControl || file.IsByteLevel ? Encoding.UTF8.GetBytes(token.Content) : BytesOfPiece(token.Content, hasByteFallback: false);
    }

    /// <summary>One more than the highest id.</summary>
    public int VocabularySize { get; }

    /// <summary>Control tokens by their text.</summary>
    public IReadOnlyDictionary<string, int> ControlTokens { get; }

    /// <summary>The token that every prompt begins with, whether or not its template says so; null for none.</summary>
    public int? BeginToken { get; }

    /// <summary>Whether <paramref name="token"/> is a control token rather than text.</summary>
    public bool IsControl(int token) => _added.TryGetValue(token, out var added) && added.IsControl;

    /// <summary>The added token with an id; null where the id is of a piece of text.</summary>
    public AddedToken? Added(int token) => _added.GetValueOrDefault(token);

    /// <summary>Encodes text, in which markers are characters like any others. A lone surrogate becomes U+FFFD.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="start">Whether it stands at the very beginning of the prompt.</param>
    public IReadOnlyList<int> Encode(string text, bool start = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
            return [];
        text = WellFormed(text);
        foreach (var normalize in _normalizers)
            text = text.Length == 0 ? "" : normalize(text, start);
        return text.Length == 0 ? [] : _encoder.Encode(text);
    }

    /// <summary>Splits text at the markers of added tokens; of markers that begin alike the longest counts.</summary>
    public IReadOnlyList<TextSegment> SplitAtControls(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var segments = new List<TextSegment>();
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            if (AddedAt(text, at) is not { } token)
            {
                at++;
                continue;
            }

            if (at > start)
                segments.Add(new TextSegment(text[start..at], null));
            segments.Add(new TextSegment(token.Content, token.Id));
            at += token.Content.Length;
            start = at;
        }

        if (start < text.Length)
            segments.Add(new TextSegment(text[start..], null));
        return segments;
    }

    /// <summary>The bytes that <paramref name="token"/> stands for; none where no token has the id.</summary>
    public ReadOnlySpan<byte> GetBytes(int token) =>
        (uint)token < (uint)_bytes.Length ? _bytes[token] : [];

    private AddedToken? AddedAt(string text, int at)
    {
        foreach (var token in _addedByFirst[text[at]])
        {
            if (text.AsSpan(at).StartsWith(token.Content, StringComparison.Ordinal))
                return token;
        }

        return null;
    }

    private static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsSurrogatePair(text, i))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            i++;
        }

        return text;
    }

    private static byte[] BytesOfStandIns(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            // A vocabulary may list its control tokens as they are written; they are no byte-level text.
            if (!ByteLevelAlphabet.TryGetByte(token[i], out bytes[i]))
                return Encoding.UTF8.GetBytes(token);
        }

        return bytes;
    }

    private static byte[] BytesOfPiece(string token, bool hasByteFallback) =>
        hasByteFallback && token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value)
            ? [value]
            : Encoding.UTF8.GetBytes(token.Replace(SpaceMark, ' '));
}
