using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Review;

/// <summary>The replies of this host, in memory.</summary>
internal sealed class HostUnratedReplies(IOptions<ReviewOptions> options) : IUnratedReplies
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(HandOffKey Conversation, string Id), UnratedReply> _replies = [];
    private readonly Queue<(HandOffKey Conversation, string Id)> _byAge = new();

    public Task AddAsync(HandOffKey conversation, UnratedReply reply, IEnumerable<string?> ids)
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (string.IsNullOrEmpty(id) || !_replies.TryAdd((conversation, id), reply))
                    continue;

                _byAge.Enqueue((conversation, id));
                // Two ids each.
                if (_byAge.Count > 2 * options.Value.MaxUnratedReplies)
                    _replies.Remove(_byAge.Dequeue());
            }
        }

        return Task.CompletedTask;
    }

    public Task<UnratedReply?> FindAsync(HandOffKey conversation, string? id)
    {
        lock (_gate)
            return Task.FromResult(id is null ? null : _replies.GetValueOrDefault((conversation, id)));
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken)
    {
        var conversation = new HandOffKey(channelId, conversationId);
        lock (_gate)
        {
            // Their ids stay in the order of age until their turn comes; they say nothing.
            var theirs = _replies.Keys.Where(key => key.Conversation == conversation).ToList();
            foreach (var key in theirs)
                _replies.Remove(key);
            return Task.FromResult(theirs.Count);
        }
    }
}
