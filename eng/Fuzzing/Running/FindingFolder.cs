using System.Security.Cryptography;

namespace OnnxChat.Fuzzing.Running;

/// <summary>Where findings are written: for each the input, and beside it the stack.</summary>
internal sealed class FindingFolder(string path)
{
    private const string InputEnding = ".input";

    /// <returns>The path of the input.</returns>
    public string Add(Finding finding)
    {
        var folder = Path.Combine(path, finding.Target);
        Directory.CreateDirectory(folder);
        var name = $"{finding.Kind}-{Convert.ToHexStringLower(SHA256.HashData(finding.Input))[..12]}";
        var input = Path.Combine(folder, name + InputEnding);
        File.WriteAllBytes(input, finding.Input);
        File.WriteAllText(Path.Combine(folder, name + ".txt"), finding.Detail);
        return input;
    }

    /// <summary>The inputs that were kept for a target, by file.</summary>
    public IEnumerable<string> Inputs(string target)
    {
        var folder = Path.Combine(path, target);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + InputEnding).Order(StringComparer.Ordinal) : [];
    }
}
