using System.Xml.Linq;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Evaluate;

public class ReportTests
{
    private const string Hostile = "<script>alert(1)</script><img src=\"http://evil.example/x\" onerror='x'> &amp; ]]> <!-- \0 \ud800 {user}";

    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");

    [Fact]
    public async Task Report_HostileText_StaysText()
    {
        var page = await WriteAsync(EvaluationRun.Line(Hostile, Hostile + " answer") + "\n" + EvaluationRun.Line("hello", "Hello there") + "\nno json <b>");

        var text = page.Root!.Value;
        Assert.Contains("<script>alert(1)</script><img src=\"http://evil.example/x\"", text, StringComparison.Ordinal);
        Assert.Contains("&amp; ]]> <!-- \uFFFD \uFFFD {user}", text, StringComparison.Ordinal);
        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants("img"));
    }

    [Fact]
    public async Task Report_OfAComparison_AsksNothingOfAnyServer()
    {
        var page = await WriteAsync(EvaluationRun.ReferenceInput(8), "--compare-template");

        string[] loading = ["src", "href", "srcset", "data", "action", "poster"];
        Assert.DoesNotContain(page.Descendants().Attributes(), a => loading.Contains(a.Name.LocalName) || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "iframe" or "object" or "form");
        var style = Assert.Single(page.Descendants("style")).Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        // Browsers read a style as it stands, without character references.
        Assert.DoesNotContain(style, c => c is '<' or '>' or '&');
        Assert.Contains("prefers-color-scheme: dark", style, StringComparison.Ordinal);
        Assert.Contains(page.Descendants("meta"), m => m.Attribute("content")?.Value.StartsWith("default-src 'none'", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Report_OfAComparison_ShowsBothModelsVerdictIntervalsAndPlots()
    {
        var page = await WriteAsync(EvaluationRun.ReferenceInput(8), "--compare-template");

        Assert.Equal(["Comparison", "trailhaven-starter", "trailhaven-starter with a space at the prompt's end", "What the figures mean"], page.Descendants("h2").Select(h => h.Value));
        Assert.Equal(10, page.Descendants("svg").Count(s => s.Attribute("class")!.Value == "plot"));
        Assert.Equal(11, page.Descendants("svg").Count(s => s.Attribute("class")!.Value.StartsWith("interval", StringComparison.Ordinal)));
        Assert.All(page.Descendants("svg").Where(s => s.Attribute("class")!.Value == "plot"), s => Assert.NotEmpty(s.Attribute("aria-label")!.Value));
        Assert.Contains(page.Descendants("p"), p => p.Value.Contains("95 % interval", StringComparison.Ordinal) || p.Value.Contains("costs nothing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_OneConversation_HasAPlotThatHoldsIt()
    {
        var page = await WriteAsync(EvaluationRun.Line("hello", "Hello there"));

        Assert.DoesNotContain("NaN", page.ToString(), StringComparison.Ordinal);
        Assert.Equal(5, page.Descendants("svg").Count());
    }

    [Fact]
    public async Task Report_FileExists_IsReplacedAndNothingElseLeft()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["report.html"], "old", TestContext.Current.CancellationToken);

        var run = await EvaluationRun.StartAsync(Starter, EvaluationRun.Line("hello", "Hello there"), "--output", folder["report.html"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal([folder["report.html"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", await File.ReadAllTextAsync(folder["report.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<XDocument> WriteAsync(string input, params string[] more)
    {
        using var folder = new TemporaryFolder();
        var run = await EvaluationRun.StartAsync(Starter, input, ["--output", folder["report.html"], .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return XDocument.Parse(await File.ReadAllTextAsync(folder["report.html"], TestContext.Current.CancellationToken), LoadOptions.PreserveWhitespace);
    }
}
