namespace OnnxChat.Connector.Confidence;

/// <summary>What an index says of a question and its reply.</summary>
internal readonly record struct IndexMatch
{
    /// <summary>Similarity of the nearest known question whose answer is the reply's; 0 to 1.</summary>
    public double SameSimilarity { get; init; }

    /// <summary>Similarity of the nearest known question with another answer; 0 to 1.</summary>
    public double OtherSimilarity { get; init; }

    /// <summary>How probable the index finds the reply's answer; 0 to 1.</summary>
    public double Probability { get; init; }

    /// <summary>By how much the index prefers the reply's answer to the best other one; -1 to 1.</summary>
    public double Margin { get; init; }

    /// <summary>How much the reply is a known answer: 1 for one of them, else the share of words in common.</summary>
    public double AnswerMatch { get; init; }

    /// <summary>Whether the reply's answer says that the service cannot help.</summary>
    public bool Declined { get; init; }

    /// <summary>Share of the question's features that the index has ever seen; 0 to 1.</summary>
    public double SeenShare { get; init; }

    /// <summary>The class that the index would answer with; -1 for none.</summary>
    public int BestClass { get; init; }

    /// <summary>Whether the question is Chinese.</summary>
    public bool IsChinese { get; init; }

    /// <summary>Letters, digits and Han characters of the question.</summary>
    public int QuestionCharacters { get; init; }
}
