using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Training.Vocabulary;

/// <summary>How often each piece occurs that no token reaches across: GPT-2's words with their leading space.</summary>
internal sealed class WordCounts
{
    private readonly Dictionary<string, long> _counts = [];

    /// <summary>The words, and how often each occurs.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Add(string text)
    {
        foreach (var (offset, length) in RegexSplitter.Gpt2.Split(text))
        {
            var word = text.Substring(offset, length);
            _counts[word] = _counts.GetValueOrDefault(word) + 1;
        }
    }
}
