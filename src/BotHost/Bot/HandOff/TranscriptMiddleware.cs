using Microsoft.Bot.Builder;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>Keeps what is said on the channels that take it with a request for a person. Copies cost a good part of a turn, so others have none.</summary>
internal sealed class TranscriptMiddleware(ITranscripts transcripts, IOptions<HandOffOptions> options) : Microsoft.Bot.Builder.IMiddleware
{
    private readonly TranscriptLoggerMiddleware _logger = new(new TranscriptLogger(transcripts));
    private readonly HandOffOptions _options = options.Value;

    public Task OnTurnAsync(ITurnContext turnContext, NextDelegate next, CancellationToken cancellationToken = default) =>
        _options.EventChannels.Contains(turnContext.Activity.ChannelId) && _options.TranscriptMessages > 0
            ? _logger.OnTurnAsync(turnContext, next, cancellationToken)
            : next(cancellationToken);
}
