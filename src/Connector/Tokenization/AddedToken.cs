namespace OnnxChat.Connector.Tokenization;

/// <summary>A token that stands for itself and is never made from text.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Content">Its characters.</param>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether it controls the model; a reply ends at it. Otherwise it is text that has a number of its own.</summary>
    public bool IsControl { get; init; } = true;

    /// <summary>Whether white space before it is taken as part of it.</summary>
    public bool StripsBefore { get; init; }

    /// <summary>Whether white space after it is taken as part of it.</summary>
    public bool StripsAfter { get; init; }
}
