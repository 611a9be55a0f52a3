namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>
/// What is said in the host's own conversations, kept where the inbox of turns is, so that a reply and the end of its turn are
/// one step. Activities are numbered from 1 in each conversation. Bounded by <see cref="DirectLineOptions"/>: the oldest go first.
/// </summary>
internal interface IConversationStore
{
    /// <summary>
    /// Each activity that a conversation has got which this host follows, in order; what this host has added, before the call that added it
    /// returns. Handlers are quick, and throw nothing.
    /// </summary>
    event Action<ShownActivity> Appended;

    /// <summary>An activity in passing, as JSON, of the conversation with this id, which this host follows.</summary>
    event Action<string, byte[]> Passed;

    /// <summary>The conversation with this id, which this host follows, was deleted at another host.</summary>
    event Action<string> Forgotten;

    /// <summary>Has this host hear of a conversation, which may not be there yet.</summary>
    Task FollowAsync(string id);

    /// <summary>This host has no clients of the conversation any more.</summary>
    void Unfollow(string id);

    /// <returns>False where there is no room for another conversation; true also where it is there already.</returns>
    Task<bool> StartAsync(string id, string userId);

    /// <returns>Null where there is none.</returns>
    Task<StoredConversation?> FindAsync(string id);

    /// <summary>Adds what has no turn of its own.</summary>
    /// <returns>False where there is no such conversation.</returns>
    Task<bool> AppendAsync(string id, byte[] activity);

    /// <summary>Tells those who follow the conversation what means something now only, and is not kept.</summary>
    void ShowInPassing(string id, byte[] activity);

    /// <summary>Notes that the customer did something.</summary>
    Task TouchAsync(string id);

    /// <summary>Deletes the conversations that were not touched since, and in which no turn waits.</summary>
    /// <returns>Their ids.</returns>
    Task<IReadOnlyList<string>> ForgetIdleAsync(DateTimeOffset untouchedSince);

    /// <returns>False where there was none.</returns>
    Task<bool> ForgetAsync(string id);
}
