namespace OnnxChat.Throughput.Llama;

/// <summary>
/// Threads that stay between calls. Without them the library starts its threads anew for every token, which its own programs
/// avoid in the same way.
/// </summary>
internal sealed unsafe class LlamaThreads : IDisposable
{
    private readonly delegate* unmanaged[Cdecl]<nint, void> _free;

    public LlamaThreads(int threads)
    {
        var backend = LlamaNative.BackendByName("CPU");
        var create = (delegate* unmanaged[Cdecl]<LlamaThreadPoolParameters*, nint>)LlamaNative.BackendProcedure(backend, "ggml_threadpool_new");
        _free = (delegate* unmanaged[Cdecl]<nint, void>)LlamaNative.BackendProcedure(backend, "ggml_threadpool_free");
        var parameters = LlamaNative.DefaultThreadPool(threads);
        if (parameters.Threads != threads)
            throw new NotSupportedException("ggml_threadpool_params of this llama.cpp has another layout than 0.5.0. Set the version in Throughput.csproj back, or correct LlamaThreadPoolParameters.");
        Handle = create(&parameters);
    }

    public nint Handle { get; }

    public void Dispose() => _free(Handle);
}
