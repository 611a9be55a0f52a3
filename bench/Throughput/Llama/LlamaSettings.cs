namespace OnnxChat.Throughput.Llama;

/// <summary>What is tried to make the peer fast.</summary>
/// <param name="FlashAttention">Whether attention is computed in one fused operation.</param>
/// <param name="MicroBatchTokens">Most tokens computed at once.</param>
/// <param name="Threads">Threads that compute.</param>
internal sealed record LlamaSettings(bool FlashAttention, int MicroBatchTokens, int Threads)
{
    public static LlamaSettings Default { get; } = new(FlashAttention: true, 512, Environment.ProcessorCount);

    /// <summary>The settings worth trying, with all processors, for prompts of so many tokens together.</summary>
    public static IEnumerable<LlamaSettings> Candidates(int promptTokens)
    {
        int[] batches = promptTokens > 512 ? [512, 2048] : [512];
        bool[] fused = [true, false];
        return from flash in fused from batch in batches select new LlamaSettings(flash, batch, Environment.ProcessorCount);
    }

    /// <summary>The same with a thread for every second processor, which may be half of a core.</summary>
    public LlamaSettings HalfTheThreads() => this with { Threads = Math.Max(1, Threads / 2) };

    public override string ToString() => $"flash attention {(FlashAttention ? "on" : "off")}, n_ubatch {MicroBatchTokens}, {Threads} threads";
}
