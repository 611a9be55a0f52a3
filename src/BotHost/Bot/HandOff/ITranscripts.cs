using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>The last messages of the conversations in which a channel may be asked for a person. Bounded.</summary>
internal interface ITranscripts : IConversationData
{
    Task AddAsync(HandOffKey conversation, SaidMessage message);

    /// <returns>The oldest first.</returns>
    Task<IReadOnlyList<SaidMessage>> OfAsync(HandOffKey conversation);
}
