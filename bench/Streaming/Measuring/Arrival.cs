namespace OnnxChat.Streaming.Measuring;

/// <summary>When the next question of a stream comes.</summary>
internal enum Arrival
{
    /// <summary>As soon as the stream's own reply has ended: streams begin at any time beside others.</summary>
    EachByItself,

    /// <summary>When the replies of all streams have ended: all begin at once.</summary>
    AllAtOnce,
}
