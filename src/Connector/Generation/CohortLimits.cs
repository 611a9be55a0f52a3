using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Generation;

/// <summary>What a worker puts together, and how much at once.</summary>
internal sealed record CohortLimits
{
    /// <summary>Most tokens of a row.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Most tokens that the caches of all cohorts of a worker have room for together.</summary>
    public required int CacheTokens { get; init; }

    /// <summary>Most rows of a cohort.</summary>
    public int Rows { get; init; } = 32;

    /// <summary>Most cohorts a worker steps in turn.</summary>
    public int Cohorts { get; init; } = 8;

    /// <summary>
    /// Most tokens of prompts, padding included, that one step runs for several rows: the other cohorts wait as long as
    /// that takes.
    /// </summary>
    public int PrefillTokens { get; init; } = 4096;

    /// <summary>Most tokens of a prompt that one step runs for a single row.</summary>
    public int PrefillChunk { get; init; } = 256;

    /// <summary>A longer prompt gets a cohort of its own, so that it can be run in chunks.</summary>
    public int LongPrompt { get; init; } = 512;

    /// <summary>
    /// Steps that a cohort's first cache has room for. The runtime clears a cache for its whole length, so a cohort starts
    /// small, and its rows move to a new one when it is full.
    /// </summary>
    public int FirstSteps { get; init; } = 256;

    /// <summary>A worker's limits for a model under the service's options.</summary>
    public static CohortLimits Of(ModelFolder folder, OnnxChatOptions options) => new()
    {
        ContextLength = folder.Configuration.ContextLength,
        CacheTokens = Math.Max(folder.Configuration.ContextLength, options.CacheTokens / options.EffectiveWorkers),
        Rows = folder.MaxRows,
    };
}
