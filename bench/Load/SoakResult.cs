using OnnxChat.Load.Hosts;
using OnnxChat.Load.Measuring;

namespace OnnxChat.Load;

/// <summary>What a soak has shown.</summary>
/// <param name="Capacity">Messages a second that the host can answer.</param>
/// <param name="PerSecond">Messages a second that were offered, those of visitors included.</param>
/// <param name="Duration">How long.</param>
/// <param name="Sent">Messages of the channel.</param>
/// <param name="Visitors">Who opened the chat page.</param>
/// <param name="Visits">Of them, who had an answer.</param>
/// <param name="Tally">What became of the channel's messages.</param>
/// <param name="Unexpected">Replies to nothing, or second ones.</param>
/// <param name="Processor">Processor time of the host.</param>
/// <param name="AtEnd">The host when all was answered.</param>
/// <param name="Samples">The host on the way.</param>
internal sealed record SoakResult(
    double Capacity, double PerSecond, TimeSpan Duration, long Sent, long Visitors, int Visits, Tally Tally, int Unexpected, TimeSpan Processor, HostState AtEnd, IReadOnlyList<Sample> Samples);
