using System.Runtime.InteropServices;

namespace OnnxChat.Throughput.Llama;

/// <summary><c>llama_model_params</c> of llama.cpp 0.5.0, passed on as the library gives it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 80)]
internal struct LlamaModelParameters
{
    /// <summary><c>n_gpu_layers</c>: -1 is all; this build of the library knows no GPU.</summary>
    [FieldOffset(16)]
    public int GpuLayers;

    /// <summary><c>use_extra_bufts</c>: weights may be packed anew for this processor.</summary>
    [FieldOffset(74)]
    public byte Repack;

    /// <exception cref="NotSupportedException">The library's structure is another one.</exception>
    public readonly void CheckDefaults()
    {
        if (this is not { GpuLayers: -1, Repack: 1 })
            throw new NotSupportedException("llama_model_params of this llama.cpp has another layout than 0.5.0. Set the version in Throughput.csproj back, or correct LlamaModelParameters.");
    }
}
