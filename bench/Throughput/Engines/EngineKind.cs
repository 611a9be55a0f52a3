namespace OnnxChat.Throughput.Engines;

/// <summary>What is measured.</summary>
internal enum EngineKind
{
    /// <summary>ONNX Runtime GenAI's C# interface in a loop; requests that come together are one static batch.</summary>
    Raw,

    /// <summary>The service, below its text interface: token ids in, tokens out.</summary>
    Service,

    /// <summary>llama.cpp; requests that come together are one batch.</summary>
    Llama,
}
