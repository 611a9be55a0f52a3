using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using OnnxChat.Connector;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.ModelTools.Tests.Fixtures;

namespace OnnxChat.ModelTools.Tests.Reference;

/// <summary>Nothing else runs beside these tests, so that the memory they look at is theirs.</summary>
[CollectionDefinition(nameof(LoadTests), DisableParallelization = true)]
public sealed class LoadTestsAlone;

/// <summary>Many requests on the real model: nothing is mixed up, nothing is kept, nothing crashes.</summary>
[Collection(nameof(LoadTests))]
public sealed class LoadTests(TinyModels models) : IClassFixture<TinyModels>
{
    private const int Requests = 10_000;
    private const int AtOnce = 48;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponse_TenThousandOfEveryKind_NoneSeesAnothersTextAndMemoryStaysFlat()
    {
        await using var service = new OnnxChatService(new OnnxChatOptions { ModelPath = models.FolderOfFloats, QueueLimit = Requests });
        var questions = GenerationFixture.Load().Items.Select(i => i.User).Where(u => u.Length > 0).ToList();
        var alone = new Dictionary<(string, int), string>();
        foreach (var question in questions)
        {
            for (var tokens = 1; tokens <= 8; tokens++)
                alone[(question, tokens)] = (await service.GetResponseAsync(question, Greedy(tokens), Cancel)).Text;
        }

        var outcomes = new ConcurrentDictionary<string, int>();
        long settled = 0;
        var next = 0;
        await Parallel.ForAsync(0, AtOnce, Cancel, async (worker, token) =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) <= Requests;)
            {
                var outcome = await AskAsync(service, questions, alone, i);
                outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
                if (i == Requests / 10)
                    settled = Memory();
            }
        });

        Assert.Equal(Requests, outcomes.Values.Sum());
        Assert.All(["greedy", "sampled", "stopped", "cancelled", "left"], kind => Assert.InRange(outcomes.GetValueOrDefault(kind), Requests / 20, Requests));
        // A reply that were kept would be some hundred bytes at least, a batch some hundred thousand.
        Assert.InRange(Memory() - settled, long.MinValue, 48 << 20);
    }

    [Fact]
    public async Task DisposeAsync_TwoHundredTimesWithSixteenStreamsOpen_EndsEveryStream()
    {
        for (var round = 0; round < 200; round++)
        {
            var service = new OnnxChatService(models.FolderOfFloats);
            var open = new CountdownEvent(16);
            var streams = Enumerable.Range(0, 16).Select(i => Task.Run(
                async () =>
                {
                    var first = true;
                    while (true)
                    {
                        await foreach (var update in service.GetStreamingResponseAsync("where is my order", new ChatOptions { Temperature = 3, TopK = 0, TopP = 1, Seed = i % 4 == 0 ? i : null }, Cancel))
                        {
                            if (first)
                                open.Signal();
                            first = false;
                        }
                    }
                },
                Cancel)).ToList();
            await Task.Run(() => open.Wait(Cancel), Cancel);

            // At another point of the replies in every round.
            for (var i = 0; i < round % 20; i++)
                await Task.Yield();
            await service.DisposeAsync();

            foreach (var stream in streams)
                await Assert.ThrowsAsync<ObjectDisposedException>(() => stream);
        }
    }

    private static async Task<string> AskAsync(OnnxChatService service, List<string> questions, Dictionary<(string, int), string> alone, int seed)
    {
        var random = new Random(seed);
        var question = questions[random.Next(questions.Count)];
        var tokens = random.Next(1, 9);
        var expected = alone[(question, tokens)];
        switch (random.Next(5))
        {
            case 0:
                Assert.Equal(expected, (await service.GetResponseAsync(question, Greedy(tokens), Cancel)).Text);
                return "greedy";
            case 1:
                var sampled = new ChatOptions { MaxOutputTokens = tokens, Temperature = 0.2f + random.NextSingle(), TopK = random.Next(20), TopP = 0.1f + (0.9f * random.NextSingle()), Seed = random.Next(4) == 0 ? seed : null };
                Assert.InRange((await service.GetResponseAsync(question, sampled, Cancel)).Usage!.OutputTokenCount!.Value, 1, tokens);
                return "sampled";
            case 2:
                // White space at the ends of a reply is cut, but a stop sequence finds it.
                var stop = expected.Trim() is { Length: > 0 } words && words[random.Next(words.Length)] is var character && !char.IsWhiteSpace(character) ? character.ToString() : "###";
                var stopped = Greedy(tokens);
                stopped.StopSequences = [stop];
                var at = expected.IndexOf(stop, StringComparison.Ordinal);
                Assert.Equal((at < 0 ? expected : expected[..at]).Trim(), (await service.GetResponseAsync(question, stopped, Cancel)).Text);
                return "stopped";
            case 3:
                using (var leave = new CancellationTokenSource())
                {
                    var reply = service.GetResponseAsync(question, Greedy(tokens), leave.Token);
                    for (var i = random.Next(30); i > 0; i--)
                        await Task.Yield();
                    await leave.CancelAsync();
                    try
                    {
                        Assert.Equal(expected, (await reply).Text);
                    }
                    catch (OperationCanceledException)
                    {
                    }
                }

                return "cancelled";
            default:
                var text = "";
                var updates = random.Next(1, 4);
                await foreach (var update in service.GetStreamingResponseAsync(question, Greedy(tokens), Cancel))
                {
                    text += update.Text;
                    if (--updates == 0)
                        break;
                }

                Assert.StartsWith(text, expected, StringComparison.Ordinal);
                return "left";
        }
    }

    private static ChatOptions Greedy(int tokens) => new() { Temperature = 0, MaxOutputTokens = tokens };

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
