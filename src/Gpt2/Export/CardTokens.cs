namespace OnnxChat.Gpt2.Export;

/// <summary>The tokens that the conversational model's card adds to GPT-2's vocabulary.</summary>
public static class CardTokens
{
    /// <summary>Ends a text in GPT-2's own vocabulary; the card uses it to begin one.</summary>
    public const string EndOfText = "<|endoftext|>";

    /// <summary>Fills the rows of a batch.</summary>
    public const string Padding = "[PAD]";

    /// <summary>Ends a reply.</summary>
    public const string End = "<|End|>";

    /// <summary>Begins the customer's words.</summary>
    public const string User = "<|USER|>";

    /// <summary>Begins the instructions.</summary>
    public const string System = "<|SYSTEM|>";

    /// <summary>Begins the reply.</summary>
    public const string Assistant = "<|ASSISTANT|>";

    /// <summary>The five added ones, in the order in which the card adds them.</summary>
    public static IReadOnlyList<string> InOrder { get; } = [Padding, End, User, System, Assistant];
}
