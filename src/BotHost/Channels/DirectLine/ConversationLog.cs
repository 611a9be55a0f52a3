namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>
/// The latest activities of one conversation as JSON. A watermark is that of the last activity seen: those that are kept have
/// round ones, by their number, and what is shown in passing has those between, so that it is gone when the host is, and no
/// watermark a client has is ever given twice. Bounded in entries and bytes: the oldest go first, the newest always stays. Not thread-safe.
/// </summary>
internal sealed class ConversationLog(int maxEntries, int maxBytes)
{
    /// <summary>From one kept activity's watermark to the next; more in passing than this are not shown.</summary>
    public const long Step = 100_000;

    private readonly Queue<(long Watermark, byte[] Json)> _entries = new();
    private long _bytes;

    /// <summary>The watermark of the newest activity; 0 before the first.</summary>
    public long Watermark { get; private set; }

    /// <summary>Adds a kept activity; one that is there already is not added again.</summary>
    /// <param name="number">Its number in the conversation, from 1.</param>
    /// <param name="json">The activity.</param>
    public bool Append(long number, byte[] json) => number * Step > Watermark && Add(number * Step, json);

    public bool AppendInPassing(byte[] json) => (Watermark + 1) % Step != 0 && Add(Watermark + 1, json);

    /// <summary>What came after <paramref name="watermark"/> and is still there.</summary>
    public ActivitySet ReadAfter(long watermark) => new([.. _entries.Where(entry => entry.Watermark > watermark).Select(entry => entry.Json)], Watermark);

    private bool Add(long watermark, byte[] json)
    {
        _entries.Enqueue((watermark, json));
        _bytes += json.Length;
        Watermark = watermark;
        while (_entries.Count > 1 && (_entries.Count > maxEntries || _bytes > maxBytes))
            _bytes -= _entries.Dequeue().Json.Length;
        return true;
    }
}
