using System.Text.Json;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Evaluate;

/// <summary>
/// The starter model on questions by an independent hand, with the folder's sampling and threshold. The floors are a
/// little below what its card says, as processors round differently; a new model must not fall below them.
/// </summary>
public sealed class StarterQualityTests
{
    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");

    [Fact]
    public async Task Evaluate_QuestionsOfAnotherHand_HoldsWhatTheCardSays()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(folder["questions.jsonl"], Questions(), TestContext.Current.CancellationToken);

        var run = await CommandRun.StartAsync(
            ["evaluate", "--model", Starter, "--input", folder["questions.jsonl"], "--json"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Error);
        using var result = JsonDocument.Parse(run.Output);
        var model = result.RootElement.GetProperty("models")[0];
        var groups = model.GetProperty("answering").EnumerateArray().ToDictionary(group => group.GetProperty("name").GetString()!);
        var items = model.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(415, items.Count);
        Assert.InRange(Right("en"), 0.85, 1);
        Assert.InRange(Right("zh"), 0.85, 1);
        Assert.InRange(Share("en, in scope", "answered_right"), 0.73, 1);
        Assert.InRange(Share("zh, in scope", "answered_right"), 0.75, 1);
        Assert.InRange(Share("all", "answered_wrong"), 0, 0.035);
        Assert.InRange(Share("en, out of scope", "refused_or_handed_over"), 0.90, 1);
        Assert.InRange(Share("zh, out of scope", "refused_or_handed_over"), 0.92, 1);

        double Share(string group, string figure) => groups[group].GetProperty(figure).GetDouble();

        double Right(string language)
        {
            var asked = items.Where(item => item.GetProperty("language").GetString() == language).ToList();
            return (double)asked.Count(item => item.GetProperty("right").GetBoolean()) / asked.Count;
        }
    }

    private static List<string> Questions()
    {
        using var corpus = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("corpus", "evaluation.json")));
        var lines = new List<string>();
        foreach (var language in new[] { "en", "zh" })
        {
            foreach (var intent in corpus.RootElement.GetProperty(language).EnumerateObject())
            {
                var declined = intent.Name == "ood";
                var topic = declined ? $"{language}/out-of-scope" : $"{language}/{intent.Name}";
                var patterns = declined ? Directory.GetFiles(Data(topic)).Order(StringComparer.Ordinal).First() : $"{Data(topic)}.txt";
                var answer = File.ReadLines(patterns).First(line => line.StartsWith("> ", StringComparison.Ordinal))[2..];
                lines.AddRange(intent.Value.EnumerateArray().Select(user => JsonSerializer.Serialize(new { user = user.GetString(), assistant = answer, topic, declined })));
            }
        }

        return lines;
    }

    private static string Data(string topic) => Path.Combine(Repository.Root, "data", "starter", Path.Combine(topic.Split('/')));
}
