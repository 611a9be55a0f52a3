using OnnxChat.Evaluation.Bleu;

namespace OnnxChat.Evaluation;

/// <summary>
/// Reward and penalty of one reply. A word is a token of BLEU's <c>zh</c> tokenization in lower case: a word between
/// spaces, a punctuation mark, or a Chinese character.
/// </summary>
/// <param name="Reward">Share of the reply's words that the reference has too, none more often than there: 0 to 1.</param>
/// <param name="Penalty">Share of the reply's words that repeat the word before them: 0 to 1.</param>
public readonly record struct WordScores(double Reward, double Penalty)
{
    /// <summary>Scores a reply; one without words has reward and penalty 0.</summary>
    public static WordScores Of(string reply, string reference)
    {
        var words = Words(reply);
        if (words.Count == 0)
            return default;

        var left = Words(reference).GroupBy(w => w, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        int matches = 0, repeats = 0;
        for (var i = 0; i < words.Count; i++)
        {
            if (left.GetValueOrDefault(words[i]) is var remaining and > 0)
            {
                left[words[i]] = remaining - 1;
                matches++;
            }

            if (i > 0 && words[i] == words[i - 1])
                repeats++;
        }

        return new WordScores((double)matches / words.Count, (double)repeats / words.Count);
    }

#pragma warning disable CA1308 // Lower case is part of the metric's definition, not a normalization for comparing names.
    private static IReadOnlyList<string> Words(string text) => BleuTokenizer.Tokenize(text.ToLowerInvariant(), BleuTokenization.Chinese);
#pragma warning restore CA1308
}
