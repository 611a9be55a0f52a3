namespace OnnxChat.Gpt2.Export;

/// <summary>A rule of byte-pair encoding: the two tokens, side by side, become one.</summary>
/// <param name="Left">The first token, in the byte-level alphabet.</param>
/// <param name="Right">The second token.</param>
public readonly record struct TokenMerge(string Left, string Right)
{
    /// <summary>What the two become.</summary>
    public string Joined => Left + Right;
}
