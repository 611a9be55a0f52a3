using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Export;
using OnnxChat.Gpt2.Verification;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Import;

/// <summary>
/// Compares written models, run as a service runs them, with the checkpoint's weights computed independently: logits at
/// every position of a few prompts.
/// </summary>
internal sealed class ImportVerification(IGpt2Weights weights)
{
    // English, Chinese, digits and a character of several tokens.
    private static readonly string[] Questions = ["Where is my order?", "怎么退货？", "I'd like to exchange #A1234 for size 42.", "😀 thanks"];

    private List<int[]> _prompts = [];
    private IReadOnlyList<LogitsMatrix>? _expected;

    /// <summary>Measures a model and refuses it where it is further from the checkpoint than its precision explains.</summary>
    /// <exception cref="UserException">The model is not the checkpoint's.</exception>
    public VerificationResult Check(string folder, ModelPrecision precision, CancellationToken cancellationToken)
    {
        var result = Measure(folder, cancellationToken);
        var (limit, remedy) = precision switch
        {
            ModelPrecision.Int8 => (0.05, "Its weights do not survive 8 bits; import it with --precision f32."),
            ModelPrecision.Int4 => (1, "Its weights do not survive 4 bits; import it with --precision int8."),
            ModelPrecision.Float16 => (1e-3, "Its activations do not survive 16 bits; import it with --precision f32."),
            _ => (1e-5, "Please report it with the config.json."),
        };
        return result.MeanKl <= limit
            ? result
            : throw new UserException($"The written {precision.Name()} model differs from the checkpoint: mean KL {result.MeanKl:0.0e+0} nats over {result.Positions} positions, the limit is {limit}. {remedy}");
    }

    /// <summary>Measures a model. The folders of one verification have the same tokenizer and template.</summary>
    public VerificationResult Measure(string folder, CancellationToken cancellationToken)
    {
        var model = ModelFolder.Open(folder);
        _expected ??= Compute(model, cancellationToken);

        var comparison = new LogitsComparison();
        using var loaded = GenAIModel.Load(model, Environment.ProcessorCount);
        for (var i = 0; i < _prompts.Count; i++)
            Compare(loaded, _prompts[i], _expected[i], comparison, cancellationToken);
        return comparison.Result;
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

    private IReadOnlyList<LogitsMatrix> Compute(ModelFolder model, CancellationToken cancellationToken)
    {
        _prompts = [.. Questions.Select(q => model.Prompts.Build(q, null)).Select(p => p[..Math.Min(p.Length, model.Configuration.ContextLength - 1)])];
        return new ForwardPass(weights).Run(_prompts, cancellationToken);
    }
}
