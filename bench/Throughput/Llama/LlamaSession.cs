using System.Numerics.Tensors;

namespace OnnxChat.Throughput.Llama;

/// <summary>A context of llama.cpp with its batch: several sequences that advance together.</summary>
internal sealed unsafe class LlamaSession : IDisposable
{
    // The library gives every sequence a multiple of this.
    private const int CacheUnit = 256;

    private readonly int _vocabularySize;
    private readonly LlamaThreads _threads;
    private readonly nint _context;
    private LlamaBatch _batch;

    public LlamaSession(nint model, LlamaSettings settings, int sequences, int tokens)
    {
        _vocabularySize = LlamaNative.VocabularySize(LlamaNative.VocabularyOf(model));
        var parameters = LlamaNative.DefaultContext();
        parameters.CheckDefaults();
        parameters.CacheTokens = (uint)((tokens + CacheUnit - 1) / CacheUnit * CacheUnit * sequences);
        parameters.BatchTokens = (uint)Math.Max(settings.MicroBatchTokens, tokens);
        parameters.MicroBatchTokens = (uint)settings.MicroBatchTokens;
        parameters.Sequences = (uint)sequences;
        (parameters.Threads, parameters.BatchThreads) = (settings.Threads, settings.Threads);
        parameters.FlashAttention = settings.FlashAttention ? 1 : 0;
        _context = LlamaNative.CreateContext(model, parameters);
        if (_context == 0)
            throw new InvalidOperationException($"llama.cpp made no context for {sequences} sequences of {tokens} tokens with {settings}.");
        _threads = new LlamaThreads(settings.Threads);
        LlamaNative.AttachThreadPool(_context, _threads.Handle, _threads.Handle);
        _batch = LlamaNative.CreateBatch((int)parameters.BatchTokens, 0, 1);
        (Settings, Sequences, Tokens) = (settings, sequences, tokens);
    }

    public LlamaSettings Settings { get; }

    public int Sequences { get; }

    public int Tokens { get; }

    public void Clear() => LlamaNative.ClearMemory(LlamaNative.MemoryOf(_context), data: true);

    /// <summary>Runs as many whole prompts as are computed at once, from sequence <paramref name="first"/> on.</summary>
    /// <returns>How many it ran; their next tokens are in <paramref name="next"/>.</returns>
    public int Prefill(int[][] prompts, int first, int[] next)
    {
        _batch.Count = 0;
        List<(int Sequence, int Index)> last = [];
        for (var sequence = first; sequence < prompts.Length && (last.Count == 0 || _batch.Count + prompts[sequence].Length <= Settings.MicroBatchTokens); sequence++)
        {
            var prompt = prompts[sequence];
            for (var i = 0; i < prompt.Length; i++)
                _batch.Add(prompt[i], i, sequence, i == prompt.Length - 1);
            last.Add((sequence, _batch.Count - 1));
        }

        Decode();
        foreach (var (sequence, index) in last)
            next[sequence] = Greedy(index);
        return last.Count;
    }

    /// <summary>Runs one token of every sequence, all in one batch, and replaces it by the next.</summary>
    public void Step(int[] next, int position)
    {
        _batch.Count = 0;
        for (var sequence = 0; sequence < next.Length; sequence++)
            _batch.Add(next[sequence], position, sequence, wantsLogits: true);
        Decode();
        for (var sequence = 0; sequence < next.Length; sequence++)
            next[sequence] = Greedy(sequence);
    }

    public void Dispose()
    {
        LlamaNative.FreeBatch(_batch);
        LlamaNative.DetachThreadPool(_context);
        LlamaNative.FreeContext(_context);
        _threads.Dispose();
    }

    private void Decode()
    {
        if (LlamaNative.Decode(_context, _batch) is not 0 and var error)
            throw new InvalidOperationException($"llama_decode of {_batch.Count} tokens gave {error}.");
    }

    private int Greedy(int index) => TensorPrimitives.IndexOfMax(new ReadOnlySpan<float>(LlamaNative.Logits(_context, index), _vocabularySize));
}
