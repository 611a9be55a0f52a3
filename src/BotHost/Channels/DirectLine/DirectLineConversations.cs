using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>The conversations in memory. They are many at most, and forgotten when idle.</summary>
internal sealed partial class DirectLineConversations(IOptions<DirectLineOptions> options, TimeProvider time, ILogger<DirectLineConversations> logger) : IConversationData, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DirectLineConversation> _conversations = [];
    private readonly DirectLineOptions _options = options.Value;

    /// <returns>The conversation, or null when there is none or it has been idle too long.</returns>
    public DirectLineConversation? Find(string id)
    {
        lock (_gate)
        {
            return _conversations.TryGetValue(id, out var conversation) && !IsOver(conversation, time.GetUtcNow())
                ? conversation
                : null;
        }
    }

    /// <returns>The conversation and whether it is new, or null when there is no room for another.</returns>
    public (DirectLineConversation Conversation, bool IsNew)? Start(string id, string userId)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_conversations.TryGetValue(id, out var conversation) && !IsOver(conversation, now))
                return (conversation, false);
        }

        ForgetIdle();
        lock (_gate)
        {
            if (_conversations.TryGetValue(id, out var conversation))
                return (conversation, false);

            if (_conversations.Count < _options.MaxConversations)
                return (_conversations[id] = new DirectLineConversation(id, userId, now, _options), true);
        }

        LogFull(_options.MaxConversations);
        return null;
    }

    /// <returns>How many were forgotten.</returns>
    public int ForgetIdle()
    {
        var now = time.GetUtcNow();
        List<DirectLineConversation> over;
        lock (_gate)
        {
            over = [.. _conversations.Values.Where(conversation => IsOver(conversation, now))];
            foreach (var conversation in over)
                _conversations.Remove(conversation.Id);
        }

        // Outside the lock: this ends streams, whose code then runs here.
        foreach (var conversation in over)
            conversation.Dispose();
        return over.Count;
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken)
    {
        DirectLineConversation? conversation = null;
        lock (_gate)
        {
            if (channelId == Microsoft.Bot.Connector.Channels.Webchat)
                _conversations.Remove(conversationId, out conversation);
        }

        if (conversation is null)
            return Task.FromResult(0);

        var activities = conversation.ReadAfter(0, out _).Activities.Count;
        // Ends its turn and its streams.
        conversation.Dispose();
        return Task.FromResult(activities);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var conversation in _conversations.Values)
                conversation.Dispose();
            _conversations.Clear();
        }
    }

    // A conversation that the bot still works on is not idle, however slow the bot.
    private bool IsOver(DirectLineConversation conversation, DateTimeOffset now) =>
        now - conversation.LastUsed >= _options.IdleExpiry && !conversation.IsBusy;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Direct Line has no room for another conversation: {Limit} are open. Raise OnnxChat:DirectLine:MaxConversations, or lower IdleExpiry.")]
    private partial void LogFull(int limit);
}
