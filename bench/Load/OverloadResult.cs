using OnnxChat.Load.Hosts;
using OnnxChat.Load.Measuring;

namespace OnnxChat.Load;

/// <summary>What an overload has shown.</summary>
/// <param name="Capacity">Messages a second that the host can answer.</param>
/// <param name="Sent">Messages of the overload.</param>
/// <param name="During">Messages a second that were answered meanwhile.</param>
/// <param name="Storm">What became of them.</param>
/// <param name="Offered">Messages a second that were offered afterwards.</param>
/// <param name="After">Messages a second that were answered from five seconds afterwards on.</param>
/// <param name="Calm">What became of the messages that were sent from then on.</param>
/// <param name="Unexpected">Replies to nothing, or second ones.</param>
/// <param name="AtEnd">The host when all was answered.</param>
/// <param name="Samples">The host during the overload.</param>
internal sealed record OverloadResult(
    double Capacity, long Sent, double During, Tally Storm, double Offered, double After, Tally Calm, int Unexpected, HostState AtEnd, IReadOnlyList<Sample> Samples);
