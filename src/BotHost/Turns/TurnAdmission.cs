using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Security;

namespace OnnxChat.BotHost.Turns;

/// <summary>Who may bring a message, and how many messages may wait: as many as are answered in time at the pace that is measured.</summary>
internal sealed class TurnAdmission(ITurnInbox inbox, TurnPace pace, IRateWindows windows, IOptions<TurnsOptions> options)
{
    private readonly TurnsOptions _options = options.Value;

    /// <summary>Counts a message of its sender, on whichever channel.</summary>
    /// <exception cref="TurnTooOftenException">The sender writes too often.</exception>
    public async Task CountAsync(Activity activity)
    {
        if (activity.Type != ActivityTypes.Message || string.IsNullOrEmpty(activity.From?.Id))
            return;
        // Lengths keep apart what ids of any characters could run together.
        var sender = $"{activity.ChannelId?.Length}:{activity.ChannelId}{activity.From.Id}";
        if (await windows.TakeAsync("messages", sender, _options.MaxMessagesPerMinute) is { } wait)
            throw new TurnTooOftenException(_options.MaxMessagesPerMinute, wait);
    }

    /// <inheritdoc cref="ITurnInbox.AcceptAsync"/>
    public Task<bool> AcceptAsync(InboundTurn turn) =>
        inbox.AcceptAsync(turn with { MostWaiting = Math.Min(_options.MaxWaitingTurns, pace.Within(_options.EffectiveMaxExpectedWait)) });
}
