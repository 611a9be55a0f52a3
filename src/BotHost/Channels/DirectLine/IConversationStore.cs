namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>
/// What is said in the host's own conversations, kept where the inbox of turns is, so that a reply and the end of its turn are
/// one step. Activities are numbered from 1 in each conversation. Bounded by <see cref="DirectLineOptions"/>: the oldest go first.
/// </summary>
internal interface IConversationStore
{
    /// <summary>Each activity that a conversation has got, in order, before the call that added it returns. It must be quick, and throw nothing.</summary>
    event Action<ShownActivity> Appended;

    /// <returns>False where there is no room for another conversation; true also where it is there already.</returns>
    Task<bool> StartAsync(string id, string userId);

    /// <returns>Null where there is none.</returns>
    Task<StoredConversation?> FindAsync(string id);

    /// <summary>Adds what has no turn of its own.</summary>
    /// <returns>False where there is no such conversation.</returns>
    Task<bool> AppendAsync(string id, byte[] activity);

    /// <summary>Notes that the customer did something.</summary>
    Task TouchAsync(string id);

    /// <summary>Deletes the conversations that were not touched since, and in which no turn waits.</summary>
    /// <returns>Their ids.</returns>
    Task<IReadOnlyList<string>> ForgetIdleAsync(DateTimeOffset untouchedSince);

    /// <returns>False where there was none.</returns>
    Task<bool> ForgetAsync(string id);
}
