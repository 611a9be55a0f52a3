namespace OnnxChat.Connector;

/// <summary>What computes the model.</summary>
public enum OnnxChatExecutionProvider
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA graphics card; needs a build with <c>-p:OnnxRuntimeGenAIPackage=Cuda</c>.</summary>
    Cuda,

    /// <summary>A graphics card by DirectX 12, on Windows; needs a build with <c>-p:OnnxRuntimeGenAIPackage=DirectML</c>.</summary>
    DirectML,
}
