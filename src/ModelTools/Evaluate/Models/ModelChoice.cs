namespace OnnxChat.ModelTools.Evaluate.Models;

/// <summary>A model to measure.</summary>
/// <param name="Folder">A model folder.</param>
internal sealed record ModelChoice(string Folder)
{
    /// <summary>A file with the template to measure it with; null for the folder's own.</summary>
    public string? TemplateFile { get; init; }

    /// <summary>Whether the space at the end of the folder's prompt is taken away, or added where there is none.</summary>
    public bool OtherEnding { get; init; }
}
