using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Hosting;

/// <summary>Programs of this repository, as the build left them.</summary>
internal static class BuiltProgram
{
    public static string Host { get; } = Of("BotHost", "OnnxChat.BotHost");

    public static string OnnxChat { get; } = Of("ModelTools", "onnxchat");

    /// <summary>The committed model.</summary>
    public static string StarterModel { get; } = Path.Combine(Repository.Root, "models", "starter");

    // All projects build into folders of one name beside each other: artifacts/bin/PROJECT/debug.
    private static string Of(string project, string program) => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')), program));
}
