using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Review;

/// <summary>Replies of the model that customers may still rate, by the id of the question and by that of the reply: channels name one or the other.</summary>
internal sealed class UnratedReplies(IOptions<ReviewOptions> options) : IConversationData
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(HandOffKey Conversation, string Id), UnratedReply> _replies = [];
    private readonly Queue<(HandOffKey Conversation, string Id)> _byAge = new();

    public void Add(HandOffKey conversation, UnratedReply reply, params ReadOnlySpan<string?> ids)
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
    }

    public UnratedReply? Find(HandOffKey conversation, string? id)
    {
        lock (_gate)
            return id is null ? null : _replies.GetValueOrDefault((conversation, id));
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
