namespace OnnxChat.Throughput.Engines;

/// <summary>How the requests of a workload come.</summary>
internal enum Arrival
{
    /// <summary>All at once.</summary>
    Together,

    /// <summary>Each when the one before has ended.</summary>
    OneAfterAnother,

    /// <summary>
    /// Each when the one before has ended, while a reply of 900 tokens is under way; before every fourth of them a request
    /// with a prompt of 900 tokens arrives.
    /// </summary>
    BesideLong,
}
