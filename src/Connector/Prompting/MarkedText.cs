namespace OnnxChat.Connector.Prompting;

/// <summary>
/// Text that knows which of its characters are a message's words and which the template's own. The knowledge survives
/// whatever a template does with a message (cutting, trimming, joining), so that a marker that somebody typed is never
/// taken for one of the template's.
/// </summary>
internal sealed class MarkedText
{
    private readonly List<TextPiece> _pieces;

    private MarkedText(List<TextPiece> pieces)
    {
        _pieces = pieces;
        Characters = pieces.Count == 1 ? pieces[0].Text : string.Concat(pieces.Select(p => p.Text));
    }

    public static MarkedText Empty { get; } = new([]);

    /// <summary>All characters, whoever wrote them.</summary>
    public string Characters { get; }

    public int Length => Characters.Length;

    /// <summary>Runs of one origin, none empty, no two of the same origin side by side.</summary>
    public IReadOnlyList<TextPiece> Pieces => _pieces;

    /// <summary>Text that the template wrote.</summary>
    public static MarkedText Own(string text) => text.Length == 0 ? Empty : new MarkedText([new TextPiece(text, false)]);

    /// <summary>Text that came with a message.</summary>
    public static MarkedText Quote(string text) => text.Length == 0 ? Empty : new MarkedText([new TextPiece(text, true)]);

    public static MarkedText Concat(params IEnumerable<MarkedText> texts)
    {
        var pieces = new List<TextPiece>();
        foreach (var piece in texts.SelectMany(t => t._pieces))
        {
            if (pieces.Count > 0 && pieces[^1].Quoted == piece.Quoted)
                pieces[^1] = new TextPiece(pieces[^1].Text + piece.Text, piece.Quoted);
            else
                pieces.Add(piece);
        }

        return new MarkedText(pieces);
    }

    public MarkedText Slice(int start, int length)
    {
        var pieces = new List<TextPiece>();
        var at = 0;
        foreach (var piece in _pieces)
        {
            var from = Math.Max(start, at);
            var to = Math.Min(start + length, at + piece.Text.Length);
            if (from < to)
                pieces.Add(new TextPiece(piece.Text[(from - at)..(to - at)], piece.Quoted));
            at += piece.Text.Length;
        }

        return new MarkedText(pieces);
    }

    /// <summary>Without the characters at the ends that <paramref name="trimmed"/> holds; null for white space.</summary>
    public MarkedText Trim(bool start, bool end, string? trimmed = null)
    {
        bool Goes(char c) => trimmed?.Contains(c, StringComparison.Ordinal) ?? IsSpace(c);
        int from = 0, to = Length;
        while (start && from < to && Goes(Characters[from]))
            from++;
        while (end && to > from && Goes(Characters[to - 1]))
            to--;
        return Slice(from, to - from);
    }

    /// <summary>The parts between separators; null separates at runs of white space, as Python does.</summary>
    public List<MarkedText> Split(string? separator, int most = int.MaxValue)
    {
        var parts = new List<MarkedText>();
        if (separator is null)
        {
            for (var at = 0; at < Length;)
            {
                var length = 0;
                while (at + length < Length && !IsSpace(Characters[at + length]))
                    length++;
                if (length > 0)
                    parts.Add(Slice(at, length));
                at += Math.Max(1, length);
            }

            return parts;
        }

        var start = 0;
        for (int found; parts.Count < most && (found = Characters.IndexOf(separator, start, StringComparison.Ordinal)) >= 0; start = found + separator.Length)
            parts.Add(Slice(start, found - start));
        parts.Add(Slice(start, Length - start));
        return parts;
    }

    public MarkedText Replace(string old, MarkedText with) => old.Length == 0 ? this : Join(with, Split(old));

    /// <summary>Puts <paramref name="separator"/> between the texts.</summary>
    public static MarkedText Join(MarkedText separator, IEnumerable<MarkedText> texts) =>
        Concat(texts.SelectMany((text, i) => i == 0 ? [text] : new[] { separator, text }));

    /// <summary>Changes the characters of each run and keeps its origin.</summary>
    public MarkedText Map(Func<string, string> change) => new([.. _pieces.Select(p => p with { Text = change(p.Text) }).Where(p => p.Text.Length > 0)]);

    // Python counts the four separators of ASCII as white space too.
    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';

    public override string ToString() => Characters;
}
