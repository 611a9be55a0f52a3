using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>The conversations that this host shows to clients; what is said in them is kept in the store. They are many at most, and forgotten when idle.</summary>
internal sealed partial class DirectLineConversations : IConversationData, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DirectLineConversation Conversation, Task<bool> Loading)> _conversations = [];
    private readonly IConversationStore _store;
    private readonly DirectLineOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DirectLineConversations> _logger;

    public DirectLineConversations(IConversationStore store, IOptions<DirectLineOptions> options, TimeProvider time, ILogger<DirectLineConversations> logger)
    {
        (_store, _options, _time, _logger) = (store, options.Value, time, logger);
        _store.Appended += Show;
        _store.Passed += ShowInPassing;
        _store.Forgotten += Close;
    }

    /// <returns>The conversation, or null when there is none or it has been idle too long.</returns>
    public async ValueTask<DirectLineConversation?> FindAsync(string id)
    {
        var (conversation, loading) = Open(id);
        if (!await loading)
            return null;
        if (_time.GetUtcNow() - conversation.LastUsed < _options.IdleExpiry)
            return conversation;

        // One that the bot still works on is not idle, however slow the bot.
        await ForgetIdleAsync();
        return conversation.Closed.IsCancellationRequested ? null : conversation;
    }

    /// <returns>The conversation and whether it is new, or null when there is no room for another.</returns>
    public async Task<(DirectLineConversation Conversation, bool IsNew)?> StartAsync(string id, string userId)
    {
        if (await FindAsync(id) is { } known)
            return (known, false);

        await ForgetIdleAsync();
        if (await _store.StartAsync(id, userId) && await FindAsync(id) is { } conversation)
            return (conversation, true);

        LogFull(_options.MaxConversations);
        return null;
    }

    /// <summary>Notes that the customer did something.</summary>
    public Task TouchAsync(DirectLineConversation conversation)
    {
        conversation.Touch(_time.GetUtcNow());
        return _store.TouchAsync(conversation.Id);
    }

    /// <summary>Shows an activity to the conversation's clients; the bot has no turn for it.</summary>
    /// <returns>The activity's id.</returns>
    public async Task<string> SayAsync(DirectLineConversation conversation, Activity activity)
    {
        activity.Id ??= ActivityIds.New(conversation.Id);
        await _store.AppendAsync(conversation.Id, ActivityJson.Write(activity));
        return activity.Id;
    }

    /// <summary>Shows an activity that means something now only to the clients that the conversation has now.</summary>
    public void ShowInPassing(string conversationId, Activity activity) => _store.ShowInPassing(conversationId, ActivityJson.Write(activity));

    /// <summary>Cancelled when the conversation is forgotten, where this host has it open.</summary>
    public CancellationToken ClosedOf(string id) => Live(id)?.Closed ?? CancellationToken.None;

    public async Task ForgetIdleAsync()
    {
        var idle = await _store.ForgetIdleAsync(_time.GetUtcNow() - _options.IdleExpiry);
        foreach (var id in idle)
            Close(id);
    }

    /// <inheritdoc/>
    public async Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken)
    {
        if (channelId != Microsoft.Bot.Connector.Channels.Webchat || await _store.FindAsync(conversationId) is not { } stored)
            return 0;

        await _store.ForgetAsync(conversationId);
        Close(conversationId);
        return stored.Activities.Count;
    }

    public void Dispose()
    {
        _store.Appended -= Show;
        _store.Passed -= ShowInPassing;
        _store.Forgotten -= Close;
        lock (_gate)
        {
            foreach (var (conversation, _) in _conversations.Values)
                conversation.Dispose();
            _conversations.Clear();
        }
    }

    private (DirectLineConversation Conversation, Task<bool> Loading) Open(string id)
    {
        lock (_gate)
        {
            if (_conversations.TryGetValue(id, out var known))
                return known;

            // It is here before it is loaded, so that it misses nothing that is said meanwhile.
            var conversation = new DirectLineConversation(id, _options);
            return _conversations[id] = (conversation, LoadAsync(conversation));
        }
    }

    private async Task<bool> LoadAsync(DirectLineConversation conversation)
    {
        await Task.Yield();
        try
        {
            await _store.FollowAsync(conversation.Id);
            if (await _store.FindAsync(conversation.Id) is { } stored)
            {
                conversation.Load(stored);
                return true;
            }
        }
        catch
        {
            Close(conversation.Id);
            throw;
        }

        Close(conversation.Id);
        return false;
    }

    private void Show(ShownActivity activity) => Live(activity.ConversationId)?.Show(activity);

    private void ShowInPassing(string id, byte[] activity) => Live(id)?.ShowInPassing(activity);

    private DirectLineConversation? Live(string id)
    {
        lock (_gate)
            return _conversations.GetValueOrDefault(id).Conversation;
    }

    private void Close(string id)
    {
        DirectLineConversation? conversation;
        lock (_gate)
        {
            conversation = _conversations.GetValueOrDefault(id).Conversation;
            _conversations.Remove(id);
        }

        _store.Unfollow(id);
        // Outside the lock: this ends streams, whose code then runs here.
        conversation?.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Direct Line has no room for another conversation: {Limit} are open. Raise OnnxChat:DirectLine:MaxConversations, or lower IdleExpiry.")]
    private partial void LogFull(int limit);
}
