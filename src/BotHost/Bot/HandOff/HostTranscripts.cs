using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>What was said at this host, in memory.</summary>
internal sealed class HostTranscripts(IOptions<HandOffOptions> options) : ITranscripts
{
    private const int MaxConversations = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<HandOffKey, LinkedListNode<Transcript>> _transcripts = [];
    private readonly LinkedList<Transcript> _byUse = new();
    private readonly HandOffOptions _options = options.Value;

    public Task AddAsync(HandOffKey conversation, SaidMessage message)
    {
        lock (_gate)
        {
            if (_transcripts.TryGetValue(conversation, out var node))
                _byUse.Remove(node);
            else
                node = _transcripts[conversation] = new LinkedListNode<Transcript>(new Transcript(conversation, []));

            _byUse.AddLast(node);
            var messages = node.Value.Messages;
            messages.Enqueue(message);
            if (messages.Count > _options.TranscriptMessages)
                messages.Dequeue();
            if (_byUse.Count > MaxConversations && _byUse.First is { } oldest)
            {
                _byUse.Remove(oldest);
                _transcripts.Remove(oldest.Value.Key);
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SaidMessage>> OfAsync(HandOffKey conversation)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<SaidMessage>>(_transcripts.TryGetValue(conversation, out var node) ? [.. node.Value.Messages] : []);
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

    private sealed record Transcript(HandOffKey Key, Queue<SaidMessage> Messages);
}
