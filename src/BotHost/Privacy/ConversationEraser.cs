namespace OnnxChat.BotHost.Privacy;

/// <summary>Deletes a conversation wherever the host keeps something of it.</summary>
internal sealed partial class ConversationEraser(IEnumerable<IConversationData> stores, ILogger<ConversationEraser> logger)
{
    /// <returns>How many records were deleted, and whether every store has done its part.</returns>
    public async Task<(int Deleted, bool IsComplete)> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var isComplete = true;
        foreach (var store in stores)
        {
            try
            {
                deleted += await store.DeleteAsync(channelId, conversationId, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The others must not keep it for that.
                isComplete = false;
                LogKept(e, store.GetType().Name);
            }
        }

        LogDeleted(channelId, deleted);
        return (deleted, isComplete);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A conversation on channel {ChannelId} was deleted on request: {Records} records.")]
    private partial void LogDeleted(string channelId, int records);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Store} could not delete a conversation. Mend what it says and ask again.")]
    private partial void LogKept(Exception exception, string store);
}
