using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>The last messages of conversations. In memory only, and bounded.</summary>
internal sealed class RecentTranscripts(IOptions<HandOffOptions> options) : ITranscriptLogger, IConversationData
{
    private const int MaxConversations = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<HandOffKey, LinkedListNode<Transcript>> _transcripts = [];
    private readonly LinkedList<Transcript> _byUse = new();
    private readonly HandOffOptions _options = options.Value;

    public Task LogActivityAsync(IActivity activity)
    {
        if (activity is Activity { Type: ActivityTypes.Message, Text.Length: > 0 } message)
            Keep(message);

        return Task.CompletedTask;
    }

    public IReadOnlyList<SaidMessage> Of(HandOffKey key)
    {
        lock (_gate)
            return _transcripts.TryGetValue(key, out var node) ? [.. node.Value.Messages] : [];
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_transcripts.Remove(new HandOffKey(channelId, conversationId), out var node))
                return Task.FromResult(0);

            _byUse.Remove(node);
            return Task.FromResult(node.Value.Messages.Count);
        }
    }

    private void Keep(Activity message)
    {
        var key = HandOffKey.Of(message);
        lock (_gate)
        {
            if (_transcripts.TryGetValue(key, out var node))
                _byUse.Remove(node);
            else
                node = _transcripts[key] = new LinkedListNode<Transcript>(new Transcript(key, []));

            _byUse.AddLast(node);
            var messages = node.Value.Messages;
            messages.Enqueue(new SaidMessage(message.Type, message.Timestamp, new SaidMessage.Speaker(message.From?.Id, message.From?.Role), message.Text));
            if (messages.Count > _options.TranscriptMessages)
                messages.Dequeue();
            if (_byUse.Count > MaxConversations && _byUse.First is { } oldest)
            {
                _byUse.Remove(oldest);
                _transcripts.Remove(oldest.Value.Key);
            }
        }
    }

    private sealed record Transcript(HandOffKey Key, Queue<SaidMessage> Messages);
}
