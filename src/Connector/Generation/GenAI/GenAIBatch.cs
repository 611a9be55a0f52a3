using System.Buffers;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace OnnxChat.Connector.Generation.GenAI;

/// <summary>
/// Rows on one GenAI generator, prompts padded on the right. The choice of tokens is the caller's: a single row is given
/// its token directly; for several rows GenAI takes no tokens, so its logits are replaced by ones that leave it one choice.
/// </summary>
internal sealed class GenAIBatch : ITokenBatch
{
    private const float Never = -1e9f;

    private readonly GeneratorParams _parameters;
    private readonly Generator _generator;
    private readonly int _vocabularySize;
    private readonly float[] _forced;
    private readonly int[] _lastTokens;
    private StepLogits _logits;

    public GenAIBatch(Model model, int vocabularySize, int padToken, IReadOnlyList<ReadOnlyMemory<int>> prompts, int maxLength)
    {
        _vocabularySize = vocabularySize;
        _lastTokens = new int[prompts.Count];
        _forced = prompts.Count == 1 ? [] : ArrayPool<float>.Shared.Rent(prompts.Count * vocabularySize);
        Array.Fill(_forced, Never);

        _parameters = new GeneratorParams(model);
        try
        {
            _parameters.SetSearchOption("max_length", maxLength);
            _parameters.SetSearchOption("batch_size", prompts.Count);
            _parameters.SetSearchOption("do_sample", false);
            _generator = new Generator(model, _parameters);
        }
        catch
        {
            _parameters.Dispose();
            throw;
        }

        try
        {
            _generator.AppendTokens(Pad(prompts, padToken));
            ReadLogits();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReadOnlySpan<float> Logits(int row) => _logits.Row(row, _vocabularySize);

    public void Step(ReadOnlySpan<int> tokens)
    {
        if (_lastTokens.Length == 1)
        {
            Append(tokens);
            return;
        }

        Force(tokens);
        ReadLogits();
    }

    public void Append(ReadOnlySpan<int> tokens)
    {
        _generator.AppendTokens(tokens);
        ReadLogits();
    }

    public void Dispose()
    {
        _logits.Dispose();
        _generator.Dispose();
        _parameters.Dispose();
        if (_forced.Length > 0)
            ArrayPool<float>.Shared.Return(_forced);
    }

    private static int[] Pad(IReadOnlyList<ReadOnlyMemory<int>> prompts, int padToken)
    {
        var longest = prompts.Max(p => p.Length);
        var padded = new int[prompts.Count * longest];
        Array.Fill(padded, padToken);
        for (var row = 0; row < prompts.Count; row++)
            prompts[row].CopyTo(padded.AsMemory(row * longest));
        return padded;
    }

    private void Force(ReadOnlySpan<int> tokens)
    {
        for (var row = 0; row < tokens.Length; row++)
        {
            _forced[(row * _vocabularySize) + _lastTokens[row]] = Never;
            _forced[(row * _vocabularySize) + tokens[row]] = 0;
            _lastTokens[row] = tokens[row];
        }

        GeneratorLogits.Set(_generator, _forced, [tokens.Length, 1, _vocabularySize]);
        _generator.GenerateNextToken();
    }

    private void ReadLogits()
    {
        _logits.Dispose();
        _logits = default;
        // This also runs the step that the last choice made due.
        _logits = GeneratorLogits.Get(_generator);
    }
}
