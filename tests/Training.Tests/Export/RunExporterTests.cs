using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Tests.Fixtures;

namespace OnnxChat.Training.Tests.Export;

public sealed class RunExporterTests
{
    [Fact]
    public async Task Export_TrainedRun_GivesAModelThatAnswersWithItsCard()
    {
        using var shop = await SmallShop.PrepareAsync(questions: 60);
        var trained = await shop.TrainAsync("run", "--steps", "150", "--average", "0.9", "--noise", "0", "--merge-dropout", "0", "--whole-answers", "1", "--dropout", "0");
        Assert.True(trained.ExitCode == ExitCodes.Fine, trained.Error);

        var exported = await TrainRun.StartAsync("export", shop["run"], "--output", shop["model"], "--precision", "f32");
        Assert.True(exported.ExitCode == ExitCodes.Fine, exported.Error);

        await using var answers = new StringWriter();
        await using var errors = new StringWriter();
        var terminal = new Terminal(new StringReader("""{"user": "Where is my rope from order 777?"}"""), answers, errors);
        var code = await OnnxChatCommand.RunAsync(["generate", "--model", shop["model"], "--input", "-", "--output", "-", "--greedy"], terminal, TestContext.Current.CancellationToken);
        Assert.True(code == ExitCodes.Fine, errors.ToString());
        Assert.Contains("It is on its way.", answers.ToString(), StringComparison.Ordinal);
        var card = await File.ReadAllTextAsync(Path.Combine(shop["model"], "README.md"), TestContext.Current.CancellationToken);
        Assert.Contains("onnxchat-train train prepared --output run --layers 1 --width 32 --heads 2", card, StringComparison.Ordinal);
        Assert.Contains("![Curves of the run](curves.svg)", card, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(shop["model"], "curves.svg")));
    }

    [Fact]
    public async Task Export_RunWithoutAModel_SaysWhenThereWillBeOne()
    {
        using var shop = await SmallShop.PrepareAsync();
        await shop.TrainAsync("run", "--steps", "20", "--stop-after", "1");

        var exported = await TrainRun.StartAsync("export", shop["run"], "--output", shop["model"]);

        Assert.Equal(ExitCodes.Failed, exported.ExitCode);
        Assert.Contains("has no model yet", exported.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(shop["model"]));
    }
}
