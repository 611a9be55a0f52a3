using System.Text.Json.Serialization;

namespace OnnxChat.Training.Samples;

/// <summary>A question and its answer: one line of a file of samples.</summary>
/// <param name="User">What the customer says.</param>
/// <param name="Assistant">What the service answers.</param>
internal sealed record Sample([property: JsonRequired] string User, [property: JsonRequired] string Assistant)
{
    /// <summary>The instructions of this conversation; null for the template's.</summary>
    public string? System { get; init; }

    /// <summary>Samples of one group stand on one side of a split; null where the sample stands alone.</summary>
    public string? Group { get; init; }

    /// <summary>Answers of one topic count as the same answer; null where only equal texts do.</summary>
    public string? Topic { get; init; }

    /// <summary>Whether the answer says that the service cannot help.</summary>
    public bool Declined { get; init; }
}
