using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Packages;

/// <summary>The C# of the page that a package shows on its feed.</summary>
internal static class PackageReadme
{
    private const string Fence = "```";

    /// <summary>The blocks of C#, as they stand there.</summary>
    /// <param name="project">The project under <c>src</c>.</param>
    public static IReadOnlyList<string> Code(string project) =>
    [
        .. File.ReadAllText(Path.Combine(Repository.Root, "src", project, "README.md")).Split(Fence)
            .Where(block => block.StartsWith("csharp\n", StringComparison.Ordinal))
            .Select(block => block["csharp\n".Length..]),
    ];

    /// <summary>The blocks as one source file beside a program, each the body of a method.</summary>
    public static string AsMethods(string project)
    {
        var blocks = Code(project).Select(block => block.Split('\n').ToLookup(IsUsing)).ToList();
        var methods = blocks.Select((lines, i) => $"    public static async Task Block{i}Async()\n    {{\n{string.Join('\n', lines[false])}\n    }}\n");
        return $"{string.Join('\n', blocks.SelectMany(lines => lines[true]).Distinct())}\ninternal static class Readme\n{{\n{string.Concat(methods)}}}\n";
    }

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=', StringComparison.Ordinal);
}
