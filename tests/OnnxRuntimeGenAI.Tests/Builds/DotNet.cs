using System.Diagnostics;
using System.Text;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Builds;

/// <summary>Runs the <c>dotnet</c> that the tests themselves run on, so that no process of it stays behind.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The configuration that the tests were built in, from the name of their folder.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The SDK's own program.</summary>
    public static string Program { get; } = Locate();

    /// <summary>Runs <c>dotnet</c> with the arguments in the folder, with the variables on top of the tests' own.</summary>
    public static async Task<BuildResult> RunAsync(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(start.Environment, variables);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var said = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(said, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new BuildResult(process.ExitCode, said.ToString());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            lock (said)
                throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end in {Limit}. It said:\n{said}");
        }
    }

    private static void Keep(StringBuilder said, string? line)
    {
        if (line is null)
            return;

        lock (said)
            said.Append(line).Append('\n');
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, IReadOnlyDictionary<string, string> variables)
    {
        // What `dotnet test` sets for its own MSBuild would send the child to another one's files.
        foreach (var name in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            environment.Remove(name);

        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
        environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in variables)
            environment[name] = value;
    }

    private static string Locate()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
            ?? folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("No dotnet on the PATH; these tests start builds.");
    }
}
