using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Export;
using OnnxChat.Gpt2.Verification;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Import;

/// <summary>
/// Compares a written model, run as a service runs it, with the checkpoint's weights computed independently: logits at
/// every position of a few prompts.
/// </summary>
internal sealed class ImportVerification(IGpt2Weights weights, string folder)
{
    // English, Chinese, digits and a character of several tokens.
    private static readonly string[] Questions = ["Where is my order?", "怎么退货？", "I'd like to exchange #A1234 for size 42.", "😀 thanks"];

    /// <exception cref="UserException">The model is not the checkpoint's.</exception>
    public VerificationResult Run(ModelPrecision precision, CancellationToken cancellationToken)
    {
        var model = ModelFolder.Open(folder);
        var prompts = Questions
            .Select(q => model.Prompts.Build(q, null))
            .Select(p => p[..Math.Min(p.Length, model.Configuration.ContextLength - 1)])
            .ToList();
        var expected = new ForwardPass(weights).Run(prompts, cancellationToken);

        var comparison = new LogitsComparison();
        using var loaded = GenAIModel.Load(model, Environment.ProcessorCount);
        for (var i = 0; i < prompts.Count; i++)
            Compare(loaded, prompts[i], expected[i], comparison, cancellationToken);

        var result = comparison.Result;
        var limit = precision == ModelPrecision.Float32 ? 1e-5 : 0.05;
        return result.MeanKl <= limit
            ? result
            : throw new UserException($"The written {precision.Name()} model differs from the checkpoint: mean KL {result.MeanKl:0.0e+0} nats over {result.Positions} positions, the limit is {limit}. " +
                (precision == ModelPrecision.Float32 ? "Please report it with the config.json." : "Its weights do not survive 8 bits; import it with --precision f32."));
    }

    private static void Compare(GenAIModel model, int[] prompt, LogitsMatrix expected, LogitsComparison comparison, CancellationToken cancellationToken)
    {
        comparison.BeginPrompt();
        using var sequence = model.Start([prompt.AsMemory(0, 1)], prompt.Length + 1);
        for (var position = 0; ; position++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            comparison.Add(expected[position], sequence.Logits(0));
            if (position + 1 == prompt.Length)
                return;
            sequence.Step(prompt.AsSpan(position + 1, 1));
        }
    }
}
