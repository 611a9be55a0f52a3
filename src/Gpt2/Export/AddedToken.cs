namespace OnnxChat.Gpt2.Export;

/// <summary>A token that is found in text as a whole, before byte-pair encoding.</summary>
/// <param name="Content">The text that stands for it.</param>
/// <param name="Id">Its row in the embedding.</param>
public sealed record AddedToken(string Content, int Id)
{
    /// <summary>Whether decoding leaves it out: a control token rather than a word.</summary>
    public bool Special { get; init; } = true;

    /// <summary>Whether it is only found where no letter or digit touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether it takes the white space before it along.</summary>
    public bool StripLeft { get; init; }

    /// <summary>Whether it takes the white space after it along.</summary>
    public bool StripRight { get; init; }

    /// <summary>Whether it is searched in the normalized text.</summary>
    public bool Normalized { get; init; }
}
