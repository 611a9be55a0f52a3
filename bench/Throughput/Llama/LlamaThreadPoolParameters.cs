using System.Runtime.InteropServices;

namespace OnnxChat.Throughput.Llama;

/// <summary><c>ggml_threadpool_params</c>: a mask of 512 processors, then the fields below.</summary>
[StructLayout(LayoutKind.Explicit, Size = 528)]
internal struct LlamaThreadPoolParameters
{
    [FieldOffset(512)]
    public int Threads;

    /// <summary>How long a thread without work spins, 0 to 100.</summary>
    [FieldOffset(520)]
    public uint Poll;
}
