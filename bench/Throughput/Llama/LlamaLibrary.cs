using System.Reflection;
using System.Runtime.InteropServices;

namespace OnnxChat.Throughput.Llama;

/// <summary>The native library of llama.cpp that the build fetched.</summary>
internal static unsafe class LlamaLibrary
{
    /// <summary>Its folder; null where the build fetched none.</summary>
    public static string? Folder { get; } = typeof(LlamaLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "LlamaFolder")?.Value;

    /// <summary>What the build took.</summary>
    public const string Version = "llama.cpp 0.5.0, from npm's @node-llama-cpp/linux-x64 3.22.1";

    /// <summary>Says why there is no peer, and what to do.</summary>
    public const string Missing = "llama.cpp was not built in: it is fetched by a Release build on linux-x64 (dotnet run -c Release), and not on other platforms. Give --without-llama to measure without it.";

    /// <summary>Loads the library with the variant that suits this processor best, as its own programs do.</summary>
    /// <exception cref="NotSupportedException">The build fetched none.</exception>
    public static void Load()
    {
        var folder = Folder ?? throw new NotSupportedException(Missing);
        NativeLibrary.SetDllImportResolver(typeof(LlamaLibrary).Assembly, (name, _, _) => name switch
        {
            LlamaNative.Llama => NativeLibrary.Load(Path.Combine(folder, "libllama.v0.5.0.so")),
            LlamaNative.Ggml => NativeLibrary.Load(Path.Combine(folder, "libggml.v0.5.0.so")),
            LlamaNative.GgmlBase => NativeLibrary.Load(Path.Combine(folder, "libggml-base.so")),
            _ => 0,
        });
        LlamaNative.SetGgmlLog(&LlamaNative.Discard, null);
        LlamaNative.SetLog(&LlamaNative.Discard, null);
        LlamaNative.LoadBackends(folder);
        LlamaNative.Initialize();
    }
}
