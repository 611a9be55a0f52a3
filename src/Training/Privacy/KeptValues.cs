using System.IO.Enumeration;

namespace OnnxChat.Training.Privacy;

/// <summary>Values that stay: the company's own addresses and numbers.</summary>
/// <param name="patterns">Values; <c>*</c> stands for any characters, case and spaces do not count.</param>
internal sealed class KeptValues(IReadOnlyList<string> patterns)
{
    private readonly string[] _patterns = [.. patterns.Select(Plain)];

    public bool Contains(ReadOnlySpan<char> value)
    {
        var plain = Plain(value.ToString());
        return Array.Exists(_patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, plain, ignoreCase: true));
    }

    private static string Plain(string value) => value.Replace(" ", "", StringComparison.Ordinal);
}
