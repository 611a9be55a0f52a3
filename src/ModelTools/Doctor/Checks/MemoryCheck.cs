using System.Globalization;
using System.Text.Json;
using OnnxChat.Connector;

namespace OnnxChat.ModelTools.Doctor.Checks;

/// <summary>Free memory against what the model and a full cache take.</summary>
internal sealed class MemoryCheck(string path, long free) : ICheck
{
    // What the runtimes and the host take beside the model.
    private const long Programs = 200 << 20;

    public string Name => "memory";

    /// <summary>Memory that this process may still take.</summary>
    public static long FreeNow()
    {
        // The figures are those of the last collection.
        GC.Collect(0);
        var memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
    }

    public Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        // Kernels keep a packed copy of the weights beside the file.
        var weights = 2 * Directory.EnumerateFiles(path, "*.onnx*").Sum(f => new FileInfo(f).Length);
        var cache = CacheBytesPerToken() * new OnnxChatOptions().CacheTokens;
        var found = string.Create(CultureInfo.InvariantCulture, $"{free / 1e6:N0} MB free; model about {weights / 1e6:N0} MB, a full cache {cache / 1e6:N0} MB");
        return Task.FromResult((free - Programs - weights, free - Programs - weights - cache) switch
        {
            ( < 0, _) => new CheckResult(Name, CheckStatus.Fail, found, "Give the process more memory, or import the model with --precision int8."),
            (_, < 0) => new CheckResult(Name, CheckStatus.Warn, found, $"Lower OnnxChat:Model:CacheTokens (default {new OnnxChatOptions().CacheTokens}), or give the process more memory."),
            _ => new CheckResult(Name, CheckStatus.Ok, found),
        });
    }

    // Keys and values of every layer, in 32-bit floats.
    private long CacheBytesPerToken()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path, "genai_config.json")));
        var decoder = document.RootElement.GetProperty("model").GetProperty("decoder");
        // A folder of another tool may not say it; then the cache is left out of the sum.
        long Value(string name) => decoder.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
        return 2 * Value("num_hidden_layers") * Value("num_key_value_heads") * Value("head_size") * sizeof(float);
    }
}
