using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector;

/// <summary>How a model is loaded and run.</summary>
public sealed class OnnxChatOptions
{
    private const int SmallModelBytes = 16 << 20;

    /// <summary>The folder that <c>onnxchat import</c> wrote, or any that ONNX Runtime GenAI loads.</summary>
    /// <value>Absolute, or relative to the working folder. Required.</value>
    public string ModelPath { get; set; } = "";

    /// <summary>The name that replies and telemetry carry.</summary>
    /// <value>Null (the default) for the name in the model folder.</value>
    public string? ModelId { get; set; }

    /// <summary>What computes the model.</summary>
    /// <value>Null (the default) for what the folder's <c>genai_config.json</c> names, the processor where it names nothing.</value>
    public OnnxChatExecutionProvider? ExecutionProvider { get; set; }

    /// <summary>Which graphics card, where there are several.</summary>
    /// <value>0 (the default) to 255, as CUDA or DirectX number them.</value>
    public int DeviceId { get; set; }

    /// <summary>Whether CUDA records a step once and plays it again, which saves the launch of every kernel.</summary>
    /// <value>Default true. Needs a folder with a shared cache, as <c>onnxchat import</c> writes it.</value>
    public bool EnableCudaGraph { get; set; } = true;

    /// <summary>Whether the processor computes where <see cref="ExecutionProvider"/> cannot be used; a warning says so.</summary>
    /// <value>Default false: the model does not load, and the error says what is missing.</value>
    public bool AllowCpuFallback { get; set; }

    /// <summary>Threads that compute one step.</summary>
    /// <value>
    /// 1 to 1,024; null (the default) for 1 where graph and weights have at most 16 MiB, for the number of processors
    /// divided by <see cref="Workers"/> where they have more.
    /// </value>
    public int? Threads { get; set; }

    /// <summary>Workers that step the model at the same time; each generates several replies together.</summary>
    /// <value>1 to 64; null (the default) for 1, or 2 from 8 processors on.</value>
    public int? Workers { get; set; }

    /// <summary>Requests that may wait for a worker; the next one gets <see cref="OnnxChatBusyException"/>.</summary>
    /// <value>1 to 100,000; default 256.</value>
    public int QueueLimit { get; set; } = 256;

    /// <summary>
    /// Time from a request to its complete reply, waiting included; one that takes longer ends with
    /// <see cref="OnnxChatTimeoutException"/>.
    /// </summary>
    /// <value>1 ms to 24 days, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit; default 2 minutes.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Tokens, of prompts and replies together, that requests under way hold in the model's cache; further requests wait.
    /// Bounds memory: a token takes 2 x layers x width x 4 bytes, 74 KB for GPT-2 of 124M parameters.
    /// </summary>
    /// <value>1 to 100,000,000, never less than one context; default 16,384.</value>
    public int CacheTokens { get; set; } = 16_384;

    /// <summary>Whether prompts and replies may be logged, at level Trace.</summary>
    /// <value>Default false: customers' words are in no log.</value>
    public bool EnableSensitiveData { get; set; }

    /// <summary>What happens to a question that is too long for the model's context.</summary>
    /// <value>Default <see cref="OnnxChatPromptOverflow.Refuse"/>; a request's own setting comes before it.</value>
    public OnnxChatPromptOverflow PromptOverflow { get; set; } = OnnxChatPromptOverflow.Refuse;

    /// <summary>
    /// Whether the questions that the model folder knows weigh in while a reply begins, where <c>onnxchat calibrate</c>
    /// found that more replies are right so.
    /// </summary>
    /// <value>Default true; false lets the model write alone.</value>
    public bool GuideReplies { get; set; } = true;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(ModelPath))
            throw new ArgumentException($"{nameof(ModelPath)} is empty; give the folder that 'onnxchat import' wrote.");
        RequireRange(nameof(Threads), Threads ?? 1, 1, 1024);
        RequireRange(nameof(DeviceId), DeviceId, 0, 255);
        if (ExecutionProvider is { } provider && !Enum.IsDefined(provider))
            throw new ArgumentException($"{nameof(OnnxChatOptions)}.{nameof(ExecutionProvider)} is {provider}; it takes {string.Join(" or ", Enum.GetNames<OnnxChatExecutionProvider>())}.");
        RequireRange(nameof(Workers), Workers ?? 1, 1, 64);
        RequireRange(nameof(QueueLimit), QueueLimit, 1, 100_000);
        RequireRange(nameof(CacheTokens), CacheTokens, 1, 100_000_000);
        if (RequestTimeout != Timeout.InfiniteTimeSpan && (RequestTimeout < TimeSpan.FromMilliseconds(1) || RequestTimeout > LongestTimeout))
            throw new ArgumentException($"{nameof(OnnxChatOptions)}.{nameof(RequestTimeout)} is {RequestTimeout}; it takes 00:00:00.001 to {LongestTimeout}, or Timeout.InfiniteTimeSpan.");
        if (!Enum.IsDefined(PromptOverflow))
            throw new ArgumentException($"{nameof(OnnxChatOptions)}.{nameof(PromptOverflow)} is {PromptOverflow}; it takes {string.Join(" or ", Enum.GetNames<OnnxChatPromptOverflow>())}.");
    }

    internal int EffectiveWorkers => Workers ?? (Environment.ProcessorCount >= 8 ? 2 : 1);

    internal int EffectiveThreads => Threads ?? Math.Max(1, Environment.ProcessorCount / EffectiveWorkers);

    /// <summary>Threads that compute one step of a folder's model.</summary>
    /// <remarks>
    /// A step of a small model is over before a second thread has taken its part, and waiting threads keep processors busy
    /// that requests need.
    /// </remarks>
    internal int ThreadsFor(ModelFolder folder) => Threads ?? (folder.WeightBytes <= SmallModelBytes ? 1 : EffectiveThreads);

    // Timers of .NET take no longer ones.
    private static TimeSpan LongestTimeout => TimeSpan.FromDays(24);

    private static void RequireRange(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new ArgumentException($"{nameof(OnnxChatOptions)}.{name} is {value}; it takes {least} to {most}.");
    }
}
