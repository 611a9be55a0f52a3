using System.Text.RegularExpressions;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.House;

/// <summary>What the pages of docs/ say of each other and of the sources is so.</summary>
public sealed partial class DocumentationTests
{
    // A message is written in one place; its parts stand this near to each other.
    private const int LongestMessage = 700;

    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    [Fact]
    public void Troubleshooting_EveryMessage_IsOneOfTheSources()
    {
        var sources = Sources();
        var messages = File.ReadLines(Path.Combine(Docs, "troubleshooting.md"))
            .Select(line => Message().Match(line))
            .Where(row => row.Success)
            .Select(row => row.Groups[1].Value)
            .ToList();

        Assert.True(messages.Count >= 40, $"Only {messages.Count} rows begin with a message.");
        Assert.All(messages, message => Assert.True(sources.Any(source => Parts(message).IsMatch(source)), $"No source says: {message}"));
    }

    [Fact]
    public void Entry_LinksEveryPage()
    {
        var linked = Link().Matches(File.ReadAllText(Path.Combine(Docs, "README.md"))).Select(link => link.Groups[1].Value).ToHashSet();

        Assert.All(
            Directory.GetFiles(Docs, "*.md").Select(page => Path.GetFileName(page)).Where(page => page != "README.md"),
            page => Assert.Contains(page, linked));
    }

    [Fact]
    public void Links_OfEveryPage_LeadToAFileAndAHeading()
    {
        var links = 0;
        foreach (var page in Pages())
        {
            foreach (var link in Link().Matches(Code().Replace(File.ReadAllText(page), "")).Where(link => !link.Groups[1].Value.Contains(':', StringComparison.Ordinal)))
            {
                var (target, heading) = (link.Groups[1].Value, link.Groups[2].Value);
                var file = target.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target));
                Assert.True(File.Exists(file) || Directory.Exists(file), $"{page} links {target}, which is not there.");
                if (heading.Length > 0)
                    Assert.True(Headings(file).Contains(heading), $"{page} links {target}#{heading}; {target} has no such heading.");
                links++;
            }
        }

        Assert.True(links > 100, $"Only {links} links were found.");
    }

    [Fact]
    public void Images_OfEveryPage_HaveAWordForWhoDoesNotSeeThem()
    {
        var images = Pages().SelectMany(page => Image().Matches(Code().Replace(File.ReadAllText(page), "")).Select(image => (page, image))).ToList();

        Assert.NotEmpty(images);
        Assert.All(images, found => Assert.True(
            !string.IsNullOrWhiteSpace(found.image.Groups[1].Value), $"{found.page} shows {found.image.Value} without a text in its place."));
    }

    // What git ignores (artifacts, node_modules, a folder of a tool) is nobody's page.
    private static IEnumerable<string> Pages() =>
        new[] { "bench", "data", "docs", "eng", "manifests", "models", "samples", "src", "tests" }
            .SelectMany(part => Directory.EnumerateFiles(Path.Combine(Repository.Root, part), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Where(page => !page.Split(Path.DirectorySeparatorChar).Any(folder => folder is "node_modules" or "bin" or "obj"));

    private static List<string> Sources() =>
    [
        .. new[] { "src", "eng" }
            .SelectMany(part => Directory.EnumerateFiles(Path.Combine(Repository.Root, part), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".resx" or ".csproj" or ".targets")
            // As the reader sees it: a literal that goes on in the next line is one text, and a quote is a quote.
            .Select(file => Continuation().Replace(File.ReadAllText(file), "").Replace("\\\"", "\"", StringComparison.Ordinal)),
    ];

    private static Regex Parts(string message) => new(
        string.Join($"[\\s\\S]{{0,{LongestMessage}}}?", message.Split('…', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape)),
        RegexOptions.CultureInvariant);

    private static HashSet<string> Headings(string page) =>
    [
        .. Fence().Replace(File.ReadAllText(page), "").Split('\n')
            .Where(line => line.StartsWith('#'))
            .Select(line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    [GeneratedRegex(@"^\| `([^`]{12,})`")]
    private static partial Regex Message();

    [GeneratedRegex(@"\]\(([^)#\s]*)(?:#([^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"!\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Image();

    [GeneratedRegex(@"^ *```.*?^ *``` *\r?$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    // A fence, or words in backticks: what looks like a link in them is none.
    [GeneratedRegex(@"^ *```.*?^ *``` *\r?$|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"""\s*\+\s*\$?""")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"[^\p{L}\p{N}\s_-]")]
    private static partial Regex NoAnchor();
}
