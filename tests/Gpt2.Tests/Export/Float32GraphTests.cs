using OnnxChat.Gpt2.Export;
using OnnxChat.Gpt2.Tests.Fixtures;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class Float32GraphTests : IDisposable
{
    private const float Tolerance = 1e-4f;

    private readonly WrittenModel _model = new(FixtureWeights.Tiny(), ModelPrecision.Float32);

    [Fact]
    public void Prefill_EachReferencePrompt_GivesReferenceLogits()
    {
        for (var i = 0; i < ReferenceLogits.Prompts.Length; i++)
            LogitsAssert.Near(ReferenceLogits.Last[i], _model.Session.Prefill(ReferenceLogits.Prompts[i])[0], Tolerance, $"prompt {i}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(44)]
    public void Prefill_PromptsOfSeveralLengthsInOneBatch_GivesEachRowItsReferenceLogits(int rows)
    {
        for (var start = 0; start < ReferenceLogits.Prompts.Length; start += rows)
        {
            var batch = ReferenceLogits.Prompts.Skip(start).Take(rows).ToArray();

            var logits = _model.Session.Prefill(batch);

            for (var row = 0; row < batch.Length; row++)
                LogitsAssert.Near(ReferenceLogits.Last[start + row], logits[row], Tolerance, $"prompt {start + row} in a batch of {batch.Length}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void Step_TokenByToken_GivesReferenceLogitsAtEveryPosition(int prompt)
    {
        var ids = ReferenceLogits.Prompts[prompt];
        var expected = ReferenceLogits.All(prompt);

        LogitsAssert.Near(expected[3], _model.Session.Prefill(ids[..4])[0], Tolerance, "position 3");
        for (var position = 4; position < ids.Length; position++)
            LogitsAssert.Near(expected[position], _model.Session.Step([ids[position]])[0], Tolerance, $"position {position}");
    }

    [Fact]
    public void Step_SeveralTokensAfterACachedPrompt_GivesReferenceLogits()
    {
        var ids = ReferenceLogits.Prompts[0];
        _model.Session.Prefill(ids[..10]);

        var logits = _model.Session.Step(ids[10..])[0];

        LogitsAssert.Near(ReferenceLogits.Last[0], logits, Tolerance, "the rest of the prompt");
    }

    [Fact]
    public void Step_BatchOfSeveralLengths_GivesEachRowWhatItsWholePromptGives()
    {
        var prompts = ReferenceLogits.Prompts.Take(9).ToArray();
        _model.Session.Prefill([.. prompts.Select(ids => ids[..^2])]);
        _model.Session.Step([.. prompts.Select(ids => ids[^2..^1])]);

        var logits = _model.Session.Step([.. prompts.Select(ids => ids[^1..])]);

        for (var row = 0; row < prompts.Length; row++)
            LogitsAssert.Near(ReferenceLogits.Last[row], logits[row], Tolerance, $"row {row}");
    }

    public void Dispose() => _model.Dispose();
}
