using OnnxChat.Load.Hosts;

namespace OnnxChat.Load;

/// <summary>What the host is started with.</summary>
/// <param name="AtOnce">Replies that its model writes at a time.</param>
/// <param name="ReplyMilliseconds">How long it writes at one.</param>
/// <param name="Processors">How many processors the runtime takes for its own.</param>
internal sealed record HostSettings(int AtOnce, int ReplyMilliseconds, int Processors)
{
    public Task<HostProcess> StartAsync(CancellationToken cancellationToken, params string[] more) => HostProcess.StartAsync(
        Processors,
        [
            PacedHost.Setting(PacedHost.AtOnce, AtOnce), PacedHost.Setting(PacedHost.ReplyMilliseconds, ReplyMilliseconds),
            // All visitors come from one address.
            "--OnnxChat:DirectLine:MaxStartsPerMinute=100000", "--OnnxChat:DirectLine:MaxConversations=10000",
            // What is kept for a while is kept for a short one, so that a run sees it go.
            "--OnnxChat:DirectLine:IdleExpiry=00:01:00", "--OnnxChat:Turns:DuplicateWindow=00:01:00",
            .. more,
        ],
        cancellationToken);
}
