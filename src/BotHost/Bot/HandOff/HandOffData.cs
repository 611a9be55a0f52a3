using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>Deletes a conversation's request for a person, whichever store has it.</summary>
internal sealed class HandOffData(IHandOffs handOffs) : IConversationData
{
    public async Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken) =>
        await handOffs.RemoveAsync(new HandOffKey(channelId, conversationId), cancellationToken) is null ? 0 : 1;
}
