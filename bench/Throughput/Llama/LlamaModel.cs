namespace OnnxChat.Throughput.Llama;

/// <summary>A GGUF file loaded by llama.cpp.</summary>
internal sealed class LlamaModel : IDisposable
{
    private readonly nint _model;

    /// <exception cref="InvalidDataException">The library refuses the file.</exception>
    public LlamaModel(string path)
    {
        var parameters = LlamaNative.DefaultModel();
        parameters.CheckDefaults();
        _model = LlamaNative.LoadModel(path, parameters);
        if (_model == 0)
            throw new InvalidDataException($"llama.cpp cannot load {path}; its log is discarded, see LlamaNative.Discard.");
    }

    /// <param name="settings">How it computes.</param>
    /// <param name="sequences">Sequences that advance together.</param>
    /// <param name="tokens">Most tokens of one.</param>
    public LlamaSession Start(LlamaSettings settings, int sequences, int tokens) => new(_model, settings, sequences, tokens);

    public void Dispose() => LlamaNative.FreeModel(_model);
}
