using System.Text.RegularExpressions;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Documentation;

/// <summary>The table of promises in docs/connector.md names tests that exist.</summary>
public partial class PromisesTests
{
    [Fact]
    public void Table_EveryRow_NamesTestsThatExist()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "connector.md"))
            .SkipWhile(line => !line.StartsWith("| promise |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .ToList();

        Assert.True(rows.Count > 30);
        Assert.All(rows, row =>
        {
            var named = TestName().Matches(row.Split('|')[2]);
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.True(Exists(name.Groups[1].Value, name.Groups[2].Value, name.Groups[3].Value), $"There is no test {name.Value}."));
        });
    }

    private static bool Exists(string project, string type, string method)
    {
        if (project.Length == 0)
        {
            return typeof(PromisesTests).Assembly.GetTypes().Where(t => t.Name == type)
                .SelectMany(t => t.GetMethods())
                .Any(m => method is "*" || m.Name == method);
        }

        var file = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", project + ".Tests"), type + ".cs", SearchOption.AllDirectories).SingleOrDefault();
        return file is not null && File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"`(?:(\w+): )?(\w+)\.(\w+|\*)`")]
    private static partial Regex TestName();
}
