namespace OnnxChat.Evaluation;

/// <summary>One figure of a summary.</summary>
/// <param name="Name">As in JSON: <c>answer_loss</c>.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Unit">Unit or range, for people.</param>
/// <param name="Better">Which way is better.</param>
/// <param name="Value">Takes the figure from a summary.</param>
public sealed record Metric(string Name, string Title, string Unit, BetterWhen Better, Func<ScoreSummary, double> Value)
{
    public static Metric Loss { get; } = new("loss", "Loss", "nats a token", BetterWhen.Lower, s => s.Loss);

    public static Metric Perplexity { get; } = new("perplexity", "Perplexity", "1 or more", BetterWhen.Lower, s => s.Perplexity);

    public static Metric AnswerLoss { get; } = new("answer_loss", "Answer loss", "nats a token", BetterWhen.Lower, s => s.AnswerLoss);

    public static Metric AnswerPerplexity { get; } = new("answer_perplexity", "Answer perplexity", "1 or more", BetterWhen.Lower, s => s.AnswerPerplexity);

    public static Metric AnswerBitsPerByte { get; } = new("answer_bits_per_byte", "Answer bits a byte", "bits", BetterWhen.Lower, s => s.AnswerBitsPerByte);

    public static Metric Bleu { get; } = new("bleu", "BLEU", "0 to 100", BetterWhen.Higher, s => s.Bleu);

    public static Metric SentenceBleu { get; } = new("sentence_bleu", "Mean sentence BLEU", "0 to 100", BetterWhen.Higher, s => s.SentenceBleu);

    public static Metric Reward { get; } = new("reward", "Reward", "share", BetterWhen.Higher, s => s.Reward);

    public static Metric Penalty { get; } = new("penalty", "Penalty", "share", BetterWhen.Lower, s => s.Penalty);

    public static Metric ExactMatch { get; } = new("exact_match", "Exact match", "share", BetterWhen.Higher, s => s.ExactMatch);

    public static Metric Confidence { get; } = new("confidence", "Confidence", "nats a token", BetterWhen.Neither, s => s.Confidence);

    /// <summary>Every metric, in the order that reports have.</summary>
    public static IReadOnlyList<Metric> All { get; } =
        [Loss, Perplexity, AnswerLoss, AnswerPerplexity, AnswerBitsPerByte, Bleu, SentenceBleu, Reward, Penalty, ExactMatch, Confidence];
}
