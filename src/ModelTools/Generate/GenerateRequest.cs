using OnnxChat.Connector.Chat;

namespace OnnxChat.ModelTools.Generate;

/// <summary>What to generate, from where, to where.</summary>
internal sealed record GenerateRequest
{
    /// <summary>What stands for standard input and output.</summary>
    public const string Standard = "-";

    /// <summary>A model folder.</summary>
    public required string Model { get; init; }

    /// <summary>A JSONL file; <c>-</c> for standard input.</summary>
    public required string Input { get; init; }

    /// <summary>A JSONL file; <c>-</c> for standard output.</summary>
    public required string Output { get; init; }

    /// <summary>Settings of every reply.</summary>
    public required ReplySettings Settings { get; init; }

    /// <summary>Most questions under way at once, 1 or more.</summary>
    public required int Parallel { get; init; }

    /// <summary>Whether answers that an earlier run left are kept.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether a line that is no question is named and passed over; otherwise it ends the run.</summary>
    public bool SkipBadLines { get; init; }
}
