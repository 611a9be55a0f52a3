using Microsoft.ML.OnnxRuntimeGenAI;

namespace OnnxChat.Connector.Generation.GenAI;

/// <summary>One sequence on a GenAI generator of its own. The choice of tokens is the caller's: GenAI only steps.</summary>
internal sealed class GenAISequence : ITokenSequence
{
    private readonly GeneratorParams _parameters;
    private readonly Generator _generator;
    private readonly float[] _logits;

    public GenAISequence(Model model, int vocabularySize, ReadOnlySpan<int> prompt, int maxLength)
    {
        _logits = new float[vocabularySize];
        _parameters = new GeneratorParams(model);
        try
        {
            _parameters.SetSearchOption("max_length", maxLength);
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
            _generator.AppendTokens(prompt);
            ReadLogits();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReadOnlySpan<float> Logits => _logits;

    public void Append(int token)
    {
        _generator.AppendTokens([token]);
        ReadLogits();
    }

    public void Dispose()
    {
        _generator.Dispose();
        _parameters.Dispose();
    }

    // Graphs that do not prune give logits for every position; the last ones are the next token's.
    private void ReadLogits()
    {
        using var tensor = _generator.GetOutput("logits");
        var all = tensor.GetData<float>();
        all[^_logits.Length..].CopyTo(_logits);
    }
}
