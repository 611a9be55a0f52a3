using System.Text.Json;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Evaluate;

/// <summary>Runs of <c>evaluate</c>.</summary>
internal static class EvaluationRun
{
    /// <summary>The 60 conversations whose loss the reference stack measured.</summary>
    public static JsonElement ReferenceLoss { get; } = Parse(File.ReadAllText(Repository.Fixture("gpt2-tiny", "loss.json")));

    /// <summary>These conversations as input.</summary>
    public static string ReferenceInput(int count = 60) => string.Join('\n', ReferenceLoss.GetProperty("items").EnumerateArray().Take(count)
        .Select(item => Line(item.GetProperty("user").GetString()!, item.GetProperty("assistant").GetString()!)));

    public static string Line(string user, string assistant) => JsonSerializer.Serialize(new { user, assistant });

    public static Task<CommandRun> StartAsync(string model, string input, params string[] more) =>
        CommandRun.StartAsync(["evaluate", "--model", model, "--input", "-", .. more], input, TestContext.Current.CancellationToken);

    /// <summary>A run that must succeed, with <c>--json</c>.</summary>
    public static async Task<JsonElement> MeasureAsync(string model, string input, params string[] more)
    {
        var run = await StartAsync(model, input, ["--json", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return Parse(run.Output);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
