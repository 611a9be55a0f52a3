using OnnxChat.Connector.Confidence;

namespace OnnxChat.Connector.Generation;

/// <summary>One reply to generate.</summary>
internal sealed record GenerationRequest
{
    /// <summary>Prompt tokens, at least one.</summary>
    public required ReadOnlyMemory<int> Prompt { get; init; }

    /// <summary>What the user asked, for the score of the reply; null for no score.</summary>
    public string? Question { get; init; }

    /// <summary>What the index of known questions says of it; null without an index.</summary>
    public QuestionLookup? Lookup { get; init; }

    /// <summary>What is known of the reply; null for nothing.</summary>
    public ReplyHints? Hints { get; init; }

    /// <summary>Most tokens to generate, 1 or more; with the prompt no more than the context.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>How tokens are chosen.</summary>
    public required SamplingSettings Sampling { get; init; }

    /// <summary>Text that ends the reply and is no part of it.</summary>
    public required IReadOnlyList<string> StopSequences { get; init; }

    /// <summary>
    /// Whether generation goes on after the reply's end, up to the model's end token: the tokens are then the model's whole
    /// continuation, while the text still ends where the reply does.
    /// </summary>
    public bool WholeContinuation { get; init; }
}
