namespace OnnxChat.Connector;

/// <summary>How a model is loaded and run.</summary>
public sealed class OnnxChatOptions
{
    /// <summary>The folder that <c>onnxchat import</c> wrote, or any that ONNX Runtime GenAI loads.</summary>
    /// <value>Absolute, or relative to the working folder. Required.</value>
    public string ModelPath { get; set; } = "";

    /// <summary>The name that replies and telemetry carry.</summary>
    /// <value>Null (the default) for the name in the model folder.</value>
    public string? ModelId { get; set; }

    /// <summary>Threads that compute one step.</summary>
    /// <value>1 to 1,024; null (the default) for the number of processors divided by <see cref="Workers"/>.</value>
    public int? Threads { get; set; }

    /// <summary>Workers that step the model at the same time; each generates several replies together.</summary>
    /// <value>1 to 64; default 1.</value>
    public int Workers { get; set; } = 1;

    /// <summary>Requests that may wait for a worker; the next one gets <see cref="OnnxChatBusyException"/>.</summary>
    /// <value>1 to 100,000; default 256.</value>
    public int QueueLimit { get; set; } = 256;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(ModelPath))
            throw new ArgumentException($"{nameof(ModelPath)} is empty; give the folder that 'onnxchat import' wrote.");
        RequireRange(nameof(Threads), Threads ?? 1, 1, 1024);
        RequireRange(nameof(Workers), Workers, 1, 64);
        RequireRange(nameof(QueueLimit), QueueLimit, 1, 100_000);
    }

    internal int EffectiveThreads => Threads ?? Math.Max(1, Environment.ProcessorCount / Workers);

    private static void RequireRange(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new ArgumentException($"{nameof(OnnxChatOptions)}.{name} is {value}; it takes {least} to {most}.");
    }
}
