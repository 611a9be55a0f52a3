using OnnxChat.Connector.Chat;

namespace OnnxChat.ModelTools.Calibrate;

/// <summary>What to calibrate, and with what.</summary>
internal sealed record CalibrateRequest
{
    /// <summary>A model folder.</summary>
    public required string Model { get; init; }

    /// <summary>JSONL of the conversations that the model was trained on; null for no index.</summary>
    public string? Known { get; init; }

    /// <summary>JSONL of conversations that it was not trained on.</summary>
    public required string Validation { get; init; }

    /// <summary>Most wrong answers that may reach customers, as a share of all questions; above 0, below 1.</summary>
    public required double MaxWrong { get; init; }

    /// <summary>Most bytes of the index's file.</summary>
    public required long SizeLimit { get; init; }

    /// <summary>Sentence BLEU from which a reply is right as well; null where only the known answers are.</summary>
    public double? CorrectBleu { get; init; }

    /// <summary>Settings of every reply: as the service will be asked.</summary>
    public required ReplySettings Settings { get; init; }
}
