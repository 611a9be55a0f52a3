using OnnxChat.Training.Tests.Fixtures;

namespace OnnxChat.Training.Tests.Privacy;

public sealed class PreparePrivacyTests
{
    private const string Line = """{"user":"order 48213, I'm Anna","assistant":"Write to help@shop.com about KD77."}""";

    [Fact]
    public async Task Prepare_PersonalData_IsReplacedAndReportedAsMasked()
    {
        using var folder = new PrepareFolder().With("in.jsonl", Line);

        var run = await folder.RunAsync("in.jsonl");

        var written = await File.ReadAllTextAsync(Path.Combine(folder.Output, "train.jsonl"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("48213", written, StringComparison.Ordinal);
        Assert.DoesNotContain("help@shop.com", written, StringComparison.Ordinal);
        var report = folder.Report().GetProperty("privacy");
        Assert.Equal(1, report.GetProperty("counts").GetProperty("reference").GetProperty("en").GetInt32());
        Assert.DoesNotContain("48213", report.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("3 values replaced", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_KeepAndIdPattern_AreFollowed()
    {
        using var folder = new PrepareFolder().With("in.jsonl", Line);

        await folder.RunAsync("in.jsonl", "--keep", "*@shop.com", "--id-pattern", "KD[0-9]+");

        Assert.Equal("Write to help@shop.com about number.", folder.Samples()[0].Assistant);
    }

    [Fact]
    public async Task Prepare_PrivacyOff_ChangesNothingAndSaysSo()
    {
        using var folder = new PrepareFolder().With("in.jsonl", Line);

        var run = await folder.RunAsync("in.jsonl", "--privacy", "off");

        Assert.Equal("order 48213, I'm Anna", folder.Samples()[0].User);
        Assert.Contains("data of persons was not looked for", run.Output, StringComparison.Ordinal);
    }
}
