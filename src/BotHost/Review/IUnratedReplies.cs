using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Review;

/// <summary>Replies of the model that customers may still rate, by the id of the question and by that of the reply: channels name one or the other.</summary>
internal interface IUnratedReplies : IConversationData
{
    Task AddAsync(HandOffKey conversation, UnratedReply reply, IEnumerable<string?> ids);

    Task<UnratedReply?> FindAsync(HandOffKey conversation, string? id);
}
