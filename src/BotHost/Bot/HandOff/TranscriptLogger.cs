using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>Takes the messages out of what the SDK's middleware logs.</summary>
internal sealed class TranscriptLogger(ITranscripts transcripts) : ITranscriptLogger
{
    public Task LogActivityAsync(IActivity activity) => activity is Activity { Type: ActivityTypes.Message, Text.Length: > 0 } message
        ? transcripts.AddAsync(HandOffKey.Of(message), new SaidMessage(message.Type, message.Timestamp, new SaidMessage.Speaker(message.From?.Id, message.From?.Role), message.Text))
        : Task.CompletedTask;
}
