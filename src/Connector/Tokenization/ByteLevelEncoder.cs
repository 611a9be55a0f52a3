using System.Text;
using Microsoft.ML.Tokenizers;

namespace OnnxChat.Connector.Tokenization;

/// <summary>Byte pair encoding over UTF-8 bytes (GPT-2, Llama 3, Qwen).</summary>
internal sealed class ByteLevelEncoder : ITextEncoder
{
    private readonly BpeTokenizer _bpe;
    private readonly SplittingPreTokenizer _words;
    private readonly Dictionary<string, int>? _wholeWords;

    public ByteLevelEncoder(TokenizerFile file)
    {
        _words = new SplittingPreTokenizer(file.Splitters);
        _wholeWords = file.IgnoresMerges ? file.Vocabulary : null;
        _bpe = BpeTokenizer.Create(new BpeOptions(file.Vocabulary)
        {
            Merges = file.Merges.Select(m => $"{m.Left} {m.Right}"),
            ByteLevel = true,
            PreTokenizer = _words,
        });
    }

    public IReadOnlyList<int> Encode(string text)
    {
        if (_wholeWords is null)
            return _bpe.EncodeToIds(text, considerPreTokenization: true, considerNormalization: false);

        var ids = new List<int>();
        foreach (var (offset, length) in _words.PreTokenize(text))
        {
            var word = text.Substring(offset, length);
            if (_wholeWords.TryGetValue(ByteLevelAlphabet.Write(Encoding.UTF8.GetBytes(word)), out var id))
                ids.Add(id);
            else
                ids.AddRange(_bpe.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false));
        }

        return ids;
    }
}
