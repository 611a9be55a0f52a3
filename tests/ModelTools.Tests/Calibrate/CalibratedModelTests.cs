using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
using OnnxChat.Connector;
using OnnxChat.Connector.Plugin;
using OnnxChat.ModelTools.Tests.Evaluate;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Calibrate;

/// <summary>What a calibration changes for those who use the model.</summary>
public class CalibratedModelTests(CalibratedStarter starter) : IClassFixture<CalibratedStarter>
{
    private const string Question = "where is my order";
    private const string Nonsense = "zqx vlorp 88 kkk purple monday sandwich";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_EverySurface_HasTheSameScoreOnceAtTheEnd()
    {
        using var service = new OnnxChatService(starter.Model);
        var whole = await service.GetResponseAsync(Question, new ChatOptions { Temperature = 0 }, Cancel);
        var streamed = await service.GetStreamingResponseAsync(Question, new ChatOptions { Temperature = 0 }, Cancel).ToListAsync(Cancel);
        var settings = new OnnxChatPromptExecutionSettings { Temperature = 0 };
        var content = await service.GetChatMessageContentAsync(Question, settings, cancellationToken: Cancel);

        var expected = Confidence(whole.AdditionalProperties![OnnxChatConfidence.MetadataKey]);
        Assert.InRange(expected.Score!.Value, 0.3, 1);
        Assert.InRange(expected.Threshold!.Value, 0, 1.01);
        Assert.Equal(expected.Score.Value, Confidence(streamed[^1].AdditionalProperties![OnnxChatConfidence.MetadataKey]).Score!.Value, 1e-6);
        Assert.Equal(expected.Score.Value, Confidence(content.Metadata![OnnxChatConfidence.MetadataKey]).Score!.Value, 1e-6);
        Assert.All(streamed.SkipLast(1), update => Assert.Null(update.AdditionalProperties));
    }

    [Fact]
    public async Task Service_GuidanceForAnotherAnswer_FollowsItUnlessItIsOff()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(starter.Model))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(folder["onnxchat.json"], Cancel))!.AsObject();
        // So strong that the model by itself has no say.
        manifest["confidence"]!["guidance"] = 10;
        await File.WriteAllTextAsync(folder["onnxchat.json"], manifest.ToJsonString(), Cancel);
        var questions = StarterConversations.Validation.Split('\n').Where((_, i) => i % 10 == 0).Select(line => JsonElement.Parse(line).GetProperty("user").GetString()!).ToList();

        using var guided = new OnnxChatService(folder.Path);
        using var alone = new OnnxChatService(new OnnxChatOptions { ModelPath = folder.Path, GuideReplies = false });

        var differing = 0;
        foreach (var question in questions)
            differing += await TextAsync(guided, question) == await TextAsync(alone, question) ? 0 : 1;
        Assert.InRange(differing, 1, questions.Count);
        async Task<string> TextAsync(OnnxChatService service, string question) => (await service.GetResponseAsync(question, new ChatOptions { Temperature = 0 }, Cancel)).Text;
    }

    [Fact]
    public async Task Service_QuestionThatNobodyAsked_ScoresLower()
    {
        using var service = new OnnxChatService(starter.Model);

        Assert.True(await ScoreAsync(service, Nonsense) < await ScoreAsync(service, Question));
    }

    [Fact]
    public async Task Service_ManyAtOnce_ScoresAsAlone()
    {
        using var service = new OnnxChatService(starter.Model);
        var alone = await ScoreAsync(service, Question);

        var together = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ScoreAsync(service, Question)));

        Assert.All(together, score => Assert.Equal(alone, score, 0.05));
    }

    [Fact]
    public async Task Generate_CalibratedModel_WritesScoreAndHandOver()
    {
        var input = JsonSerializer.Serialize(new { user = Question }) + "\n" + JsonSerializer.Serialize(new { user = Nonsense });
        var run = await CommandRun.StartAsync(["generate", "--model", starter.Model, "--input", "-", "--output", "-", "--greedy"], input, Cancel);

        var answers = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l)).ToList();
        Assert.All(answers, a => Assert.InRange(a.GetProperty("confidence").GetProperty("score").GetDouble(), 0, 1));
        using var report = JsonDocument.Parse(starter.Report);
        var threshold = report.RootElement.GetProperty("language_thresholds").GetProperty("en").GetDouble();
        Assert.All(answers, a => Assert.Equal(a.GetProperty("confidence").GetProperty("score").GetDouble() < threshold, a.GetProperty("handed_over").GetBoolean()));
    }

    [Fact]
    public async Task Evaluate_CalibratedModel_HasTheCurveOfEachKindOfQuestion()
    {
        var input = string.Join('\n', StarterConversations.Validation.Split('\n').Where((_, i) => i % 8 == 0));

        var model = (await EvaluationRun.MeasureAsync(starter.Model, input)).GetProperty("models")[0];

        Assert.True(model.GetProperty("calibrated").GetBoolean());
        var groups = model.GetProperty("answering").EnumerateArray().ToDictionary(g => g.GetProperty("name").GetString()!);
        Assert.Equal(["all", "en, in scope", "en, out of scope", "zh, in scope", "zh, out of scope"], groups.Keys.Order(StringComparer.Ordinal));
        Assert.All(groups.Values, group =>
        {
            Assert.Equal(1, group.GetProperty("answered_right").GetDouble() + group.GetProperty("answered_wrong").GetDouble() + group.GetProperty("handed_over").GetDouble(), 1e-9);
            var curve = group.GetProperty("curve").EnumerateArray().Select(p => p.GetProperty("answered_wrong").GetDouble()).ToList();
            Assert.Equal(curve.Order(), curve);
        });
        Assert.Contains(model.GetProperty("items").EnumerateArray(), i => i.GetProperty("handed_over").GetBoolean());
    }

    [Fact]
    public async Task Chat_Confidence_SaysTheScore()
    {
        var run = await CommandRun.StartAsync(["chat", "--model", starter.Model, "--greedy", "--confidence"], Question, Cancel);

        Assert.Contains("% likely right", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_CalibratedModel_NamesIndexAndThreshold()
    {
        var run = await CommandRun.StartAsync(["doctor", "--model", starter.Model], cancellationToken: Cancel);

        Assert.Contains("scores by the index questions-", run.Output, StringComparison.Ordinal);
        Assert.Contains("6 files have their hashes", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListTopics_KnownQuestionsHadTopics_NamesThoseThatAreNotDeclined()
    {
        await using var service = new OnnxChatService(starter.Model);
        var list = Assert.IsType<JsonElement>(await CustomerServiceTools.Create(service)[1].InvokeAsync(new() { ["language"] = "zh" }, Cancel));

        var known = StarterConversations.Known.Split('\n').Select(line => JsonElement.Parse(line)).ToList();
        Assert.Contains(known, k => k.GetProperty("declined").GetBoolean());
        Assert.Equal("model_folder", list.GetProperty("source").GetString());
        var topics = list.GetProperty("topics").EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);
        Assert.Equal(
            known.Where(k => !k.GetProperty("declined").GetBoolean()).Select(k => k.GetProperty("topic").GetString()!).Where(t => t.StartsWith("zh", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal),
            topics.Keys.Order(StringComparer.Ordinal));
        Assert.All(topics, topic => Assert.Contains(
            known, k => k.GetProperty("topic").GetString() == topic.Key && k.GetProperty("assistant").GetString()!.StartsWith(topic.Value.GetProperty("description").GetString()!, StringComparison.Ordinal)));
    }

    [Fact]
    public void Report_HasTheIndexesOwnAccuracyBesideTheModels()
    {
        using var report = JsonDocument.Parse(starter.Report);

        var all = report.RootElement.GetProperty("groups")[0];
        Assert.InRange(all.GetProperty("index_right").GetDouble(), 0.2, 1);
        Assert.InRange(all.GetProperty("model_right").GetDouble(), 0.2, 1);
        Assert.InRange(all.GetProperty("answered_wrong").GetDouble(), 0, 0.1);
        Assert.True(report.RootElement.GetProperty("separation").GetDouble() > 0.8);
    }

    private static async Task<double> ScoreAsync(OnnxChatService service, string question)
    {
        var response = await service.GetResponseAsync(question, new ChatOptions { Temperature = 0 }, Cancel);
        return Confidence(response.AdditionalProperties![OnnxChatConfidence.MetadataKey]).Score!.Value;
    }

    private static OnnxChatConfidence Confidence(object? value) => Assert.IsType<OnnxChatConfidence>(value);
}
