namespace OnnxChat.Training.Texts;

/// <summary>
/// How much each token counts in the loss. A small model learns to tell questions apart when the start of the answer
/// counts most; the rest of an answer follows from its start.
/// </summary>
internal sealed record LossWeights
{
    /// <summary>Each token of the customer's words that counts.</summary>
    public double User { get; init; } = 0.2;

    /// <summary>Of how many tokens of the customer's words one counts: the others cost time and teach little more.</summary>
    public int UserEvery { get; init; } = 3;

    /// <summary>The answer's first token.</summary>
    public double First { get; init; } = 2;

    /// <summary>The next tokens of the answer's start.</summary>
    public double Start { get; init; } = 1;

    /// <summary>How many tokens the start of an answer has.</summary>
    public int StartTokens { get; init; } = 6;

    /// <summary>Each later token of the answer.</summary>
    public double Rest { get; init; } = 0.5;

    /// <summary>Share of the batches that are seen with whole answers; the others end with their start. Null for what fits the steps.</summary>
    public double? WholeAnswers { get; init; }

    /// <summary>Every token counts alike.</summary>
    public static LossWeights Even { get; } = new() { User = 1, UserEvery = 1, First = 1, Start = 1, Rest = 1, WholeAnswers = 1 };

    /// <summary>What predicting the token at a position counts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where the token stands in it.</param>
    /// <param name="row">The text's place in its batch, so that texts differ in which of their words count.</param>
    public double At(TrainingText text, int position, int row) => (position - text.AnswerStart) switch
    {
        < 0 => position >= text.UserStart && (position + row) % UserEvery == 0 ? User : 0,
        0 => First,
        var later => later < StartTokens ? Start : Rest,
    };
}
