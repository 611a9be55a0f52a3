namespace OnnxChat.Evaluation.Bleu;

/// <summary>How BLEU takes text apart. Scores of different tokenizations cannot be compared.</summary>
public enum BleuTokenization
{
    /// <summary><c>13a</c>, that of WMT's mteval-v13a: words and punctuation of languages that write spaces.</summary>
    International13a,

    /// <summary><c>zh</c>: every Chinese character by itself, the rest as <c>13a</c> does.</summary>
    Chinese,

    /// <summary><c>char</c>: every character by itself.</summary>
    Character,

    /// <summary><c>none</c>: what stands between white space.</summary>
    None,
}
