namespace OnnxChat.Throughput.Llama;

/// <summary>What is tried to make the peer fast.</summary>
/// <param name="FlashAttention">Whether attention is computed in one fused operation.</param>
/// <param name="MicroBatchTokens">Most tokens computed at once.</param>
/// <param name="Threads">Threads that compute.</param>
internal sealed record LlamaSettings(bool FlashAttention, int MicroBatchTokens, int Threads)
{
    public static LlamaSettings Default { get; } = new(FlashAttention: true, 512, Environment.ProcessorCount);

    /// <summary>The settings worth trying for prompts of so many tokens together.</summary>
    public static IEnumerable<LlamaSettings> Candidates(int promptTokens)
    {
        int[] batches = promptTokens > 512 ? [512, 2048] : [512];
        int[] threads = Environment.ProcessorCount > 1 ? [Environment.ProcessorCount, Environment.ProcessorCount / 2] : [1];
        bool[] fused = [true, false];
        return from flash in fused from batch in batches from thread in threads select new LlamaSettings(flash, batch, thread);
    }

    public override string ToString() => $"flash attention {(FlashAttention ? "on" : "off")}, n_ubatch {MicroBatchTokens}, {Threads} threads";
}
