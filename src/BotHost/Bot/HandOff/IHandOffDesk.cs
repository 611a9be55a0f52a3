using Microsoft.Bot.Builder;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>A place of this host where people take conversations over.</summary>
internal interface IHandOffDesk
{
    /// <summary>Whether somebody there could take the turn's conversation, now or later.</summary>
    bool Serves(ITurnContext turn);

    /// <summary>Whether somebody looks at the desk right now.</summary>
    ValueTask<bool> IsAttendedAsync();
}
