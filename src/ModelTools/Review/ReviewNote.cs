namespace OnnxChat.ModelTools.Review;

/// <summary>A line of the bot host's notes.</summary>
internal sealed record ReviewNote
{
    public const string RatedGood = "rated_good";
    public const string Person = "person";

    public required string Kind { get; init; }

    public required string Question { get; init; }

    public string? Answer { get; init; }

    public string? Language { get; init; }

    /// <summary>Whether somebody vouches for the answer.</summary>
    public bool IsSample => Kind is RatedGood or Person && !string.IsNullOrWhiteSpace(Answer);
}
