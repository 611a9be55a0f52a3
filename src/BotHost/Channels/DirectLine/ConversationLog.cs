namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>
/// The latest activities of one conversation as JSON, numbered from 1. A watermark is the number of the last activity seen.
/// Bounded in entries and bytes: the oldest go first, the newest always stays. Not thread-safe.
/// </summary>
internal sealed class ConversationLog(int maxEntries, int maxBytes)
{
    private readonly Queue<byte[]> _entries = new();
    private long _bytes;

    /// <summary>The number of the newest activity; 0 before the first.</summary>
    public long Watermark { get; private set; }

    public long Next => Watermark + 1;

    public void Append(byte[] json)
    {
        _entries.Enqueue(json);
        _bytes += json.Length;
        Watermark++;
        while (_entries.Count > 1 && (_entries.Count > maxEntries || _bytes > maxBytes))
            _bytes -= _entries.Dequeue().Length;
    }

    /// <summary>What came after <paramref name="watermark"/> and is still kept.</summary>
    public ActivitySet ReadAfter(long watermark)
    {
        var forgotten = Watermark - _entries.Count;
        var skip = (int)Math.Clamp(watermark - forgotten, 0, _entries.Count);
        return new ActivitySet([.. _entries.Skip(skip)], Watermark);
    }
}
