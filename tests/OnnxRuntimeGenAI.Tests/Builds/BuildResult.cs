namespace OnnxChat.OnnxRuntimeGenAI.Tests.Builds;

/// <summary>How a child <c>dotnet</c> ended, and all it said.</summary>
internal sealed record BuildResult(int ExitCode, string Output)
{
    /// <summary>The lines that report an error, without the summary's repetition of them.</summary>
    public IReadOnlyList<string> Errors { get; } =
    [
        .. Output.Split('\n')
            .TakeWhile(line => !line.StartsWith("Build FAILED", StringComparison.Ordinal))
            .Where(line => line.Contains("error ", StringComparison.Ordinal))
            .Select(line => line.Trim()),
    ];

    public void AssertSucceeded() => Assert.True(ExitCode == 0, $"dotnet ended with {ExitCode}:\n{Output}");

    /// <summary>The build failed with exactly one error, which has this code.</summary>
    public string AssertOnlyError(string code)
    {
        Assert.True(ExitCode != 0, $"dotnet ended with 0, {code} was expected:\n{Output}");
        var error = Assert.Single(Errors);
        Assert.Contains($"error {code}: ", error, StringComparison.Ordinal);
        return error;
    }
}
