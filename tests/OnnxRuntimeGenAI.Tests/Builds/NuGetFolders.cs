namespace OnnxChat.OnnxRuntimeGenAI.Tests.Builds;

/// <summary>Where NuGet keeps packages on this machine.</summary>
internal static class NuGetFolders
{
    /// <summary>The user's folder, with the packages that this checkout was built with; tests only read it.</summary>
    public static string User { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
