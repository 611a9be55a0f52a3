using System.Globalization;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Generation.GenAI;

/// <summary>The execution provider that GenAI is told to use.</summary>
/// <param name="Name">GenAI's name of it: <c>cpu</c>, <c>cuda</c>, <c>dml</c>.</param>
/// <param name="Options">The provider's options by ONNX Runtime's names.</param>
internal sealed record ProviderConfiguration(string Name, IReadOnlyDictionary<string, string> Options)
{
    public static ProviderConfiguration Cpu { get; } = new("cpu", new Dictionary<string, string>());

    /// <summary>Whether it is the one that runs everywhere.</summary>
    public bool IsCpu => Name == Cpu.Name;

    /// <summary>How to get what the provider needs.</summary>
    public string Remedy => Name switch
    {
        "cuda" => "Build with -p:OnnxRuntimeGenAIPackage=Cuda, on a machine with an NVIDIA driver, CUDA 12 and cuDNN 9",
        "dml" => "Build with -p:OnnxRuntimeGenAIPackage=DirectML, on Windows with a DirectX 12 graphics card",
        _ => "Import the model again with 'onnxchat import'",
    };

    /// <returns>Null where the model folder decides.</returns>
    public static ProviderConfiguration? Of(OnnxChatOptions options) => options.ExecutionProvider switch
    {
        null => null,
        OnnxChatExecutionProvider.Cuda => new ProviderConfiguration("cuda", new Dictionary<string, string>
        {
            ["device_id"] = options.DeviceId.ToString(CultureInfo.InvariantCulture),
            ["enable_cuda_graph"] = options.EnableCudaGraph ? "1" : "0",
        }),
        OnnxChatExecutionProvider.DirectML => new ProviderConfiguration("dml", new Dictionary<string, string>
        {
            ["device_id"] = options.DeviceId.ToString(CultureInfo.InvariantCulture),
        }),
        _ => Cpu,
    };

    /// <summary>The provider that computes: the chosen one, or else the folder's.</summary>
    public static ProviderConfiguration Effective(ProviderConfiguration? chosen, ModelFolder folder) =>
        chosen ?? new ProviderConfiguration(folder.Configuration.Provider, Cpu.Options);

    /// <summary>Replaces what the folder's configuration says of providers.</summary>
    public void ApplyTo(Microsoft.ML.OnnxRuntimeGenAI.Config config)
    {
        config.ClearProviders();
        if (IsCpu)
            return;
        config.AppendProvider(Name);
        foreach (var (option, value) in Options)
            config.SetProviderOption(Name, option, value);
    }
}
