using OnnxChat.Testing;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Tests.Fixtures;

/// <summary>A shop of few conversations, prepared for training in a folder of its own.</summary>
internal sealed class SmallShop : IDisposable
{
    private static readonly string[] Goods = ["tent", "stove", "rope", "jacket", "boots", "lamp", "map", "bag"];

    private readonly TemporaryFolder _folder = new();

    private SmallShop()
    {
    }

    public string Prepared => _folder["prepared"];

    public string this[string name] => _folder[name];

    /// <summary>Prepares questions about goods: where they are, whether they can be given back, and nonsense.</summary>
    /// <param name="questions">How many of each kind.</param>
    public static async Task<SmallShop> PrepareAsync(int questions = 8)
    {
        var shop = new SmallShop();
        var samples = Enumerable.Range(0, questions).SelectMany(i => new[]
        {
            new Sample($"Where is my {Goods[i % Goods.Length]} from order {100 + i}?", "It is on its way.") { Topic = "status", Group = $"status {i}" },
            new Sample($"Can I give the {Goods[i % Goods.Length]} of day {i} back?", "Yes, within 30 days.") { Topic = "return", Group = $"return {i}" },
        });
        SampleJson.WriteFile(shop["samples.jsonl"], samples);
        var run = await TrainRun.StartAsync("prepare", shop["samples.jsonl"], "--output", shop.Prepared, "--vocabulary", "300", "--validation", "0.2");
        Assert.True(run.ExitCode == 0, run.Error);
        return shop;
    }

    /// <summary>Trains a tiny model on it.</summary>
    public Task<TrainRun> TrainAsync(string run, params string[] more) => TrainAsync(run, TestContext.Current.CancellationToken, more);

    public Task<TrainRun> TrainAsync(string run, CancellationToken cancellationToken, params string[] more) => TrainRun.StartAsync(cancellationToken, [
        "train", Prepared, "--output", _folder[run], "--layers", "1", "--width", "32", "--heads", "2", "--context", "96", "--batch", "4", "--threads", "1",
        "--evaluate-every", "10", "--learning-rate", "0.01", "--warm-up", "3", .. more]);

    public void Dispose() => _folder.Dispose();
}
