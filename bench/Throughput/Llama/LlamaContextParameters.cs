using System.Runtime.InteropServices;

namespace OnnxChat.Throughput.Llama;

/// <summary>
/// <c>llama_context_params</c> of llama.cpp 0.5.0. Only the fields that are set or checked here have names; the rest travels
/// as the library's own defaults.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 160)]
internal struct LlamaContextParameters
{
    /// <summary><c>n_ctx</c>: tokens of the cache, of all sequences together.</summary>
    [FieldOffset(0)]
    public uint CacheTokens;

    /// <summary><c>n_batch</c>: most tokens of one call.</summary>
    [FieldOffset(4)]
    public uint BatchTokens;

    /// <summary><c>n_ubatch</c>: most tokens computed at once.</summary>
    [FieldOffset(8)]
    public uint MicroBatchTokens;

    /// <summary><c>n_seq_max</c>.</summary>
    [FieldOffset(12)]
    public uint Sequences;

    /// <summary><c>n_threads</c>: for one token a sequence.</summary>
    [FieldOffset(28)]
    public int Threads;

    /// <summary><c>n_threads_batch</c>: for prompts.</summary>
    [FieldOffset(32)]
    public int BatchThreads;

    /// <summary><c>flash_attn_type</c>: -1 automatic, 0 off, 1 on.</summary>
    [FieldOffset(52)]
    public int FlashAttention;

    /// <summary><c>type_k</c>: 1 is f16.</summary>
    [FieldOffset(104)]
    public int KeyType;

    /// <summary><c>type_v</c>.</summary>
    [FieldOffset(108)]
    public int ValueType;

    /// <summary><c>kv_unified</c>.</summary>
    [FieldOffset(133)]
    public byte UnifiedCache;

    /// <summary>Compares with the header's documented defaults: another layout would put other numbers here.</summary>
    /// <exception cref="NotSupportedException">The library's structure is another one.</exception>
    public readonly void CheckDefaults()
    {
        if (this is { CacheTokens: 512, BatchTokens: 2048, MicroBatchTokens: 512, Sequences: 1, FlashAttention: -1, KeyType: 1, ValueType: 1, UnifiedCache: 0 } && Threads > 0 && Threads == BatchThreads)
            return;
        throw new NotSupportedException("llama_context_params of this llama.cpp has another layout than 0.5.0. Set the version in Throughput.csproj back, or correct LlamaContextParameters.");
    }
}
