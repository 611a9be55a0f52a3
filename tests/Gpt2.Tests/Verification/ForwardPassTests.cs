using OnnxChat.Gpt2.Tests.Fixtures;
using OnnxChat.Gpt2.Verification;

namespace OnnxChat.Gpt2.Tests.Verification;

public sealed class ForwardPassTests
{
    private const float Tolerance = 1e-4f;

    private static readonly ForwardPass Tiny = new(FixtureWeights.Tiny());

    [Fact]
    public void RunLast_AllReferencePrompts_GivesReferenceLogits()
    {
        var logits = Tiny.RunLast(ReferenceLogits.Prompts, TestContext.Current.CancellationToken);

        for (var i = 0; i < logits.Count; i++)
            LogitsAssert.Near(ReferenceLogits.Last[i], logits[i].Last, Tolerance, $"prompt {i}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void Run_ReferencePrompt_GivesReferenceLogitsAtEveryPosition(int prompt)
    {
        var logits = Assert.Single(Tiny.Run([ReferenceLogits.Prompts[prompt]], TestContext.Current.CancellationToken));

        var expected = ReferenceLogits.All(prompt);
        Assert.Equal(expected.Length, logits.Positions);
        for (var position = 0; position < expected.Length; position++)
            LogitsAssert.Near(expected[position], logits[position], Tolerance, $"position {position}");
    }

    [Fact]
    public void Run_SeveralPrompts_GivesEachWhatItGetsAlone()
    {
        int[][] prompts = [[1, 2, 3], [4], [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]];

        var together = Tiny.Run(prompts, TestContext.Current.CancellationToken);

        for (var i = 0; i < prompts.Length; i++)
        {
            var alone = Tiny.Run([prompts[i]], TestContext.Current.CancellationToken)[0];
            Assert.Equal(prompts[i].Length, together[i].Positions);
            for (var position = 0; position < alone.Positions; position++)
                LogitsAssert.Near(alone[position], together[i][position], 1e-5f, $"prompt {i}, position {position}");
        }
    }

    [Theory]
    [InlineData(0, 0, "0 tokens")]
    [InlineData(257, 0, "257 tokens")]
    [InlineData(3, 1005, "id 1005")]
    [InlineData(3, -1, "id -1")]
    public void Run_PromptTheModelCannotTake_SaysWhy(int length, int id, string reason)
    {
        int[][] prompts = [[.. Enumerable.Repeat(id, length)]];

        var error = Assert.Throws<ArgumentException>(() => Tiny.Run(prompts, TestContext.Current.CancellationToken));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
