using System.Text.Json;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Generation;

public class SamplerTests
{
    private const int Vocabulary = 1005;
    private static readonly float[] LastLogits = Safetensors.Read(Repository.Fixture("gpt2-tiny", "logits.safetensors"))["last_logits"];
    private static readonly SamplingSettings Card = new() { Temperature = 1, TopK = 50, TopP = 0.3, RepetitionPenalty = 1 };

    [Fact]
    public void Distribution_AllReferenceSettings_KeepsTheSameTokensWithTheSameProbabilities()
    {
        var items = GenerationFixture.Load().Items;
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("gpt2-tiny", "sampling.json")));
        Assert.Equal(42, cases.RootElement.GetArrayLength());
        foreach (var c in cases.RootElement.EnumerateArray())
        {
            var item = c.GetProperty("item").GetInt32();
            var sampler = new Sampler(
                new SamplingSettings
                {
                    Temperature = c.GetProperty("temperature").GetDouble(),
                    TopK = c.GetProperty("top_k").GetInt32(),
                    TopP = c.GetProperty("top_p").GetDouble(),
                    RepetitionPenalty = c.GetProperty("repetition_penalty").GetDouble(),
                },
                Vocabulary);
            sampler.Observe(items[item].PromptIds);

            var kept = sampler.Distribution(Logits(item));

            Assert.Equal(c.GetProperty("count").GetInt32(), kept.Count);
            foreach (var (expected, actual) in c.GetProperty("kept").EnumerateArray().Zip(kept))
            {
                Assert.Equal(expected[0].GetInt32(), actual.Token);
                Assert.Equal(expected[1].GetSingle(), actual.Probability, 1e-5f);
            }
        }
    }

    [Fact]
    public void Next_TemperatureZero_TakesTheLargestLogit()
    {
        var sampler = new Sampler(Card with { Temperature = 0 }, Vocabulary);

        Assert.All(Enumerable.Range(0, 44), i => Assert.Equal(GenerationFixture.Load().Items[i].GreedyIds[0], sampler.Next(Logits(i))));
    }

    [Fact]
    public void Next_SameSeed_GivesTheSameTokens()
    {
        var wide = Card with { Temperature = 3, TopP = 1, TopK = 0, Seed = 7 };

        Assert.Equal(Draw(wide, 50), Draw(wide, 50));
        Assert.NotEqual(Draw(wide, 50), Draw(wide with { Seed = 8 }, 50));
    }

    [Fact]
    public void Next_ManyDraws_FollowTheDistribution()
    {
        var settings = Card with { Temperature = 2, TopK = 5, TopP = 1, Seed = 1 };
        var expected = new Sampler(settings, Vocabulary).Distribution(Logits(0));
        const int Draws = 20_000;

        var counts = Draw(settings, Draws).CountBy(t => t).ToDictionary();

        // Five standard deviations: wrong once in millions of seeds, and the seed is fixed.
        Assert.All(expected, e => Assert.Equal(e.Probability * Draws, counts[e.Token], 5 * Math.Sqrt(Draws * e.Probability * (1 - e.Probability))));
        Assert.Equal(Draws, counts.Values.Sum());
    }

    private static int[] Draw(SamplingSettings settings, int count)
    {
        var sampler = new Sampler(settings, Vocabulary);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next(Logits(0)))];
    }

    private static ReadOnlySpan<float> Logits(int item) => LastLogits.AsSpan(item * Vocabulary, Vocabulary);
}
