using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Turns;

/// <summary>What the inbox keeps of a conversation: messages that wait, and dead letters.</summary>
internal sealed class InboxData(ITurnInbox inbox) : IConversationData
{
    public async Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken)
    {
        try
        {
            return await inbox.ForgetConversationAsync(channelId, conversationId);
        }
        catch (TurnInboxException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
