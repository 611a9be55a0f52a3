using System.ComponentModel.DataAnnotations;

namespace OnnxChat.BotHost.Review;

/// <summary>Whether conversations are kept to learn from. Configuration section <c>OnnxChat:Review</c>; checked at start.</summary>
internal sealed class ReviewOptions
{
    public const string Section = "OnnxChat:Review";

    /// <summary>The folder of the notes. Without it nothing is kept.</summary>
    /// <value>A path; it is made where it is missing. Default: none.</value>
    public string? Folder { get; set; }

    /// <summary>How long a note is kept.</summary>
    /// <value>1 to 365 days. Default: 30.</value>
    [Range(1, 365)]
    public int RetentionDays { get; set; } = 30;

    /// <summary>Replies that are remembered until they are rated; the oldest go first.</summary>
    /// <value>1 to 1,000,000. Default: 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxUnratedReplies { get; set; } = 10_000;

    public bool IsOn => !string.IsNullOrWhiteSpace(Folder);
}
