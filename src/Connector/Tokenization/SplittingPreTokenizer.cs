using Microsoft.ML.Tokenizers;

namespace OnnxChat.Connector.Tokenization;

/// <summary>Splitters one after another, each on the pieces of the one before.</summary>
internal sealed class SplittingPreTokenizer(IReadOnlyList<TextSplitter> splitters) : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        IEnumerable<(int Offset, int Length)> pieces = text.Length == 0 ? [] : [(0, text.Length)];
        foreach (var split in splitters)
            pieces = pieces.SelectMany(p => split(text.Substring(p.Offset, p.Length)).Select(inner => (p.Offset + inner.Offset, inner.Length)));
        return pieces;
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());
}
