namespace OnnxChat.BotHost.Tests.Fuzz;

/// <summary>A request as a well-behaved client sends it.</summary>
internal sealed record RequestSeed(string Method, string Path, string Query = "", string? Body = null)
{
    public string? ContentType { get; init; } = Body is null ? null : "application/json";

    /// <summary>The header of that name; null for none.</summary>
    public string? Authorization { get; init; }
}
