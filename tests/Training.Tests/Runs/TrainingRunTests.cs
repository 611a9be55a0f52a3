using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Testing;
using OnnxChat.Training.Tests.Fixtures;

namespace OnnxChat.Training.Tests.Runs;

public sealed class TrainingRunTests
{
    private static readonly string GptTiny = Path.Combine(Repository.Root, "tests", "fixtures", "gpt2-tiny");

    [Fact]
    public async Task Train_StoppedAndResumed_EndsInTheSameModelToTheLastBit()
    {
        using var shop = await SmallShop.PrepareAsync();
        var whole = await shop.TrainAsync("whole", "--steps", "20");
        Assert.True(whole.ExitCode == ExitCodes.Fine, whole.Error);

        var stopped = await shop.TrainAsync("parts", "--steps", "20", "--stop-after", "7");
        Assert.Contains("Stopped after 7 of 20 steps", stopped.Error, StringComparison.Ordinal);
        stopped = await shop.TrainAsync("parts", "--steps", "20", "--stop-after", "13", "--resume");
        Assert.Contains("Stopped after 13 of 20 steps", stopped.Error, StringComparison.Ordinal);
        var resumed = await shop.TrainAsync("parts", "--steps", "20", "--resume");
        Assert.True(resumed.ExitCode == ExitCodes.Fine, resumed.Error);

        Assert.Equal(Bytes(shop, "whole", "model/model.safetensors"), Bytes(shop, "parts", "model/model.safetensors"));
        Assert.Equal(State(shop, "whole"), State(shop, "parts"));
    }

    [Fact]
    public async Task Train_Cancelled_SavesAndGoesOn()
    {
        using var shop = await SmallShop.PrepareAsync();
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        var stopped = await shop.TrainAsync("run", stopping.Token, "--steps", "10");
        var resumed = await shop.TrainAsync("run", "--steps", "10", "--resume");

        Assert.Equal(ExitCodes.Interrupted, stopped.ExitCode);
        Assert.Contains("Stopped after 0 of 10 steps. The same command with --resume goes on.", stopped.Error, StringComparison.Ordinal);
        Assert.True(resumed.ExitCode == ExitCodes.Fine, resumed.Error);
    }

    [Fact]
    public async Task Train_SameSeed_GivesTheSameModel()
    {
        using var shop = await SmallShop.PrepareAsync();
        await shop.TrainAsync("one", "--steps", "10");
        await shop.TrainAsync("two", "--steps", "10");
        await shop.TrainAsync("other", "--steps", "10", "--seed", "2");

        Assert.Equal(Bytes(shop, "one", "model/model.safetensors"), Bytes(shop, "two", "model/model.safetensors"));
        Assert.NotEqual(Bytes(shop, "one", "model/model.safetensors"), Bytes(shop, "other", "model/model.safetensors"));
    }

    [Fact]
    public async Task Train_FewConversations_AnswersTheQuestionsThatItHasNotSeen()
    {
        using var shop = await SmallShop.PrepareAsync(questions: 60);

        var run = await shop.TrainAsync("run", "--steps", "150", "--average", "0.9", "--noise", "0", "--merge-dropout", "0", "--whole-answers", "1", "--dropout", "0");

        Assert.True(run.ExitCode == ExitCodes.Fine, run.Error);
        var last = (await MetricsAsync(shop))[^1];
        Assert.Contains("\"right_share\":1", last, StringComparison.Ordinal);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(Path.Combine(shop["run"], "curves.svg"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FromACheckpoint_LowersItsValidationLoss()
    {
        using var shop = await SmallShop.PrepareAsync(questions: 30);
        var prepared = shop["again"];
        await TrainRun.StartAsync("prepare", shop["samples.jsonl"], "--output", prepared, "--tokenizer", Path.Combine(GptTiny, "tokenizer"), "--validation", "0.2");
        // The checkpoint's config.json lies one folder above.
        Directory.CreateDirectory(shop["checkpoint"]);
        File.Copy(Path.Combine(GptTiny, "config.json"), Path.Combine(shop["checkpoint"], "config.json"));
        File.Copy(Path.Combine(GptTiny, "checkpoints", "model.safetensors"), Path.Combine(shop["checkpoint"], "model.safetensors"));

        var run = await TrainRun.StartAsync(
            "train", prepared, "--output", shop["run"], "--from", shop["checkpoint"], "--steps", "20", "--evaluate-every", "5", "--batch", "8", "--learning-rate", "0.0005",
            "--warm-up", "2", "--threads", "1", "--average", "0");

        Assert.True(run.ExitCode == ExitCodes.Fine, run.Error);
        var losses = (await MetricsAsync(shop)).Select(AnswerLoss).ToList();
        Assert.Equal(4, losses.Count);
        Assert.True(losses[^1] < losses[0], string.Join(' ', losses));
    }

    [Fact]
    public async Task Resume_OtherOptions_NamesTheOneThatDiffers()
    {
        using var shop = await SmallShop.PrepareAsync();
        await shop.TrainAsync("run", "--steps", "2");

        var run = await shop.TrainAsync("run", "--steps", "2", "--resume", "--dropout", "0.5");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("dropout was 0.1 and is 0.5 now", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_OutputInUse_RefusesAndLeavesIt()
    {
        using var shop = await SmallShop.PrepareAsync();
        await shop.TrainAsync("run", "--steps", "2");
        var before = Bytes(shop, "run", "run.json");

        var run = await shop.TrainAsync("run", "--steps", "3");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("Give --resume to go on", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Bytes(shop, "run", "run.json"));
    }

    [Fact]
    public async Task Train_DamagedState_SaysSo()
    {
        using var shop = await SmallShop.PrepareAsync();
        await shop.TrainAsync("run", "--steps", "2");
        var state = Path.Combine(shop["run"], "state", "state.bin");
        await File.WriteAllBytesAsync(state, (await File.ReadAllBytesAsync(state, TestContext.Current.CancellationToken))[..500], TestContext.Current.CancellationToken);

        var run = await shop.TrainAsync("run", "--steps", "2", "--resume");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("is not the state of this run", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--width 10 --heads 3", "--width 10 is not a multiple of --heads 3")]
    [InlineData("--dropout 2", "--dropout 2: it takes 0 to 0.9")]
    [InlineData("--steps 0", "--steps 0: it takes 1 or more")]
    public async Task Train_BadOption_NamesValueAndLimit(string options, string message)
    {
        using var shop = await SmallShop.PrepareAsync();

        var run = await TrainRun.StartAsync(["train", shop.Prepared, "--output", shop["run"], .. options.Split(' ')]);

        Assert.NotEqual(ExitCodes.Fine, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(shop["run"]));
    }

    [Fact]
    public async Task Train_BrokenLine_NamesFileAndLine()
    {
        using var shop = await SmallShop.PrepareAsync();
        await File.AppendAllTextAsync(Path.Combine(shop.Prepared, "train.jsonl"), "{\"user\": 1}\n", TestContext.Current.CancellationToken);

        var run = await shop.TrainAsync("run", "--steps", "2");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("train.jsonl is no sample", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ContextTooShort_SaysWhatIsLeftOut()
    {
        using var shop = await SmallShop.PrepareAsync();

        var run = await TrainRun.StartAsync("train", shop.Prepared, "--output", shop["run"], "--context", "16");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("no sample that fits the context of 16 tokens", run.Error, StringComparison.Ordinal);
    }

    private static Task<string[]> MetricsAsync(SmallShop shop) => File.ReadAllLinesAsync(Path.Combine(shop["run"], "metrics.jsonl"), TestContext.Current.CancellationToken);

    private static byte[] Bytes(SmallShop shop, string run, string file) => File.ReadAllBytes(Path.Combine(shop[run], file));

    // Without the line before the numbers, which holds the time spent.
    private static byte[] State(SmallShop shop, string run)
    {
        var bytes = Bytes(shop, run, "state/state.bin");
        using var reader = new BinaryReader(new MemoryStream(bytes));
        _ = reader.ReadString();
        return bytes[(int)reader.BaseStream.Position..];
    }

    private static double AnswerLoss(string line)
    {
        using var metrics = System.Text.Json.JsonDocument.Parse(line);
        return metrics.RootElement.GetProperty("validation").GetProperty("answer_loss").GetDouble();
    }
}
