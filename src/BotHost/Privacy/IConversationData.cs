namespace OnnxChat.BotHost.Privacy;

/// <summary>Something that keeps what was said in conversations, for a moment or for long, and can let go of one of them.</summary>
internal interface IConversationData
{
    /// <summary>Deletes all that is kept of a conversation: afterwards no memory and no file of this store has a word of it.</summary>
    /// <returns>How many records were deleted; 0 where there were none.</returns>
    /// <exception cref="IOException">Not all could be deleted.</exception>
    Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken);
}
