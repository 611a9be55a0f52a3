using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace OnnxChat.Connector.Tokenization;

/// <summary>
/// Byte-level BPE as GPT-2 has it. Text never becomes a control token: a user who types <c>&lt;|ASSISTANT|&gt;</c>
/// gets the ids of those characters. Safe for concurrent use.
/// </summary>
internal sealed partial class ByteLevelTokenizer
{
    private readonly BpeTokenizer _bpe;
    private readonly byte[]?[] _bytes;
    private readonly Dictionary<int, string> _controls;

    public ByteLevelTokenizer(TokenizerFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _bpe = BpeTokenizer.Create(new BpeOptions(file.Vocabulary)
        {
            Merges = file.Merges,
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(Words(), specialTokens: null),
        });
        _controls = file.ControlTokens.ToDictionary(t => t.Value, t => t.Key);
        ControlTokens = file.ControlTokens;

        VocabularySize = 1 + Math.Max(
            file.Vocabulary.Values.DefaultIfEmpty(-1).Max(),
            file.ControlTokens.Values.DefaultIfEmpty(-1).Max());
        _bytes = new byte[VocabularySize][];
        foreach (var (token, id) in file.Vocabulary)
            _bytes[id] = ToBytes(token);
        foreach (var (token, id) in file.ControlTokens)
            _bytes[id] = Encoding.UTF8.GetBytes(token);
    }

    /// <summary>One more than the highest id.</summary>
    public int VocabularySize { get; }

    /// <summary>Control tokens by their text.</summary>
    public IReadOnlyDictionary<string, int> ControlTokens { get; }

    /// <summary>Whether <paramref name="token"/> is a control token rather than text.</summary>
    public bool IsControl(int token) => _controls.ContainsKey(token);

    /// <summary>Encodes text, in which markers are characters like any others. A lone surrogate becomes U+FFFD.</summary>
    public IReadOnlyList<int> Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? [] : _bpe.EncodeToIds(WellFormed(text), considerPreTokenization: true, considerNormalization: false);
    }

    /// <summary>Splits text at the markers of control tokens; of markers that begin alike the longest counts.</summary>
    public IReadOnlyList<TextSegment> SplitAtControls(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var segments = new List<TextSegment>();
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            if (ControlAt(text.AsSpan(at)) is not { } control)
            {
                at++;
                continue;
            }

            if (at > start)
                segments.Add(new TextSegment(text[start..at], null));
            segments.Add(control);
            at += control.Text.Length;
            start = at;
        }

        if (start < text.Length)
            segments.Add(new TextSegment(text[start..], null));
        return segments;
    }

    /// <summary>The bytes that <paramref name="token"/> stands for; none where no token has the id.</summary>
    public ReadOnlySpan<byte> GetBytes(int token) =>
        (uint)token < (uint)_bytes.Length ? _bytes[token] : [];

    private TextSegment? ControlAt(ReadOnlySpan<char> text)
    {
        TextSegment? longest = null;
        foreach (var (marker, id) in ControlTokens)
        {
            if (text.StartsWith(marker, StringComparison.Ordinal) && marker.Length > (longest?.Text.Length ?? 0))
                longest = new TextSegment(marker, id);
        }

        return longest;
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

    private static byte[] ToBytes(string token)
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

    // GPT-2's pre-tokenizer (encoder.py): contractions, words, numbers, punctuation, each with its leading space.
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Words();
}
