using Microsoft.Bot.Builder;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Channels.DirectLine;

namespace OnnxChat.BotHost.Desk;

/// <summary>The desk as the bot sees it: it serves the conversations that are kept in this host.</summary>
internal sealed class HostDesk(IDeskAttendance attendance, IOptions<DeskOptions> options) : IHandOffDesk
{
    public ValueTask<bool> IsAttendedAsync() => attendance.IsAttendedAsync();

    public bool Serves(ITurnContext turn) => options.Value.Enabled && turn.Adapter is DirectLineAdapter;
}
