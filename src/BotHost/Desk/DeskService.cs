using System.Globalization;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Review;

namespace OnnxChat.BotHost.Desk;

/// <summary>What people do at the desk, in the conversations that a person is wanted in. The others they do not see.</summary>
internal sealed partial class DeskService(
    IHandOffs handOffs, DirectLineConversations conversations, ReviewNotes review, IOptions<BotOptions> bot, TimeProvider time, ILogger<DeskService> logger)
{
    private const string PersonId = "person";
    private const string Channel = Microsoft.Bot.Connector.Channels.Webchat;

    public async Task<IReadOnlyList<DeskConversation>> ListAsync(CancellationToken cancellationToken)
    {
        List<DeskConversation> list = [];
        foreach (var handOff in await handOffs.ListAsync(cancellationToken))
        {
            if (handOff.Key.ChannelId != Channel)
                continue;
            if (await conversations.FindAsync(handOff.Key.ConversationId) is null)
                await handOffs.RemoveAsync(handOff.Key, cancellationToken);
            else
                list.Add(new DeskConversation(handOff.Key.ConversationId, handOff.Language, handOff.RequestedAt, handOff.Person));
        }

        return list;
    }

    /// <returns>The conversation and its hand-over; null where no person is wanted.</returns>
    public async Task<(DirectLineConversation Conversation, HandOffRecord HandOff)?> FindAsync(string conversationId, CancellationToken cancellationToken) =>
        await handOffs.FindAsync(Key(conversationId), cancellationToken) is { } handOff && await conversations.FindAsync(conversationId) is { } conversation
            ? (conversation, handOff)
            : null;

    /// <returns>False when somebody was quicker.</returns>
    public async Task<bool> TryTakeAsync(DirectLineConversation conversation, string person, CancellationToken cancellationToken)
    {
        if (await handOffs.TryTakeAsync(Key(conversation.Id), person, cancellationToken) is not { } taken)
            return false;

        LogTaken(conversation.Id);
        await conversations.TouchAsync(conversation);
        await SayAsync(conversation, BotAccount, Reply.Saying(SentencesOf(taken).PersonJoined(person)));
        return true;
    }

    public async Task SayAsync(DirectLineConversation conversation, HandOffRecord handOff, string text, CancellationToken cancellationToken)
    {
        await conversations.TouchAsync(conversation);
        if (review.AreTaken && LastQuestion.In(conversation) is { } question)
            await review.PersonRepliedAsync(handOff.Key, handOff.Language, question, text, cancellationToken);
        await SayAsync(conversation, new ChannelAccount(PersonId, handOff.Person, RoleTypes.Bot), Reply.Saying(text));
    }

    public async Task GiveBackAsync(DirectLineConversation conversation, CancellationToken cancellationToken)
    {
        if (await handOffs.RemoveAsync(Key(conversation.Id), cancellationToken) is not { } ended)
            return;

        LogGivenBack(conversation.Id);
        if (ended.IsTaken)
            await SayAsync(conversation, BotAccount, Reply.Saying(SentencesOf(ended).PersonLeft));
    }

    private ChannelAccount BotAccount => new(BotOptions.Id, bot.Value.Name, RoleTypes.Bot);

    private Task<string> SayAsync(DirectLineConversation conversation, ChannelAccount from, Activity activity)
    {
        activity.ChannelId = Channel;
        activity.Conversation = new ConversationAccount(id: conversation.Id);
        activity.From = from;
        activity.Recipient = new ChannelAccount(conversation.UserId, role: RoleTypes.User);
        activity.Timestamp = time.GetUtcNow();
        return conversations.SayAsync(conversation, activity);
    }

    private static HandOffKey Key(string conversationId) => new(Channel, conversationId);

    private static Sentences SentencesOf(HandOffRecord handOff) => new(CultureInfo.GetCultureInfo(handOff.Language));

    [LoggerMessage(Level = LogLevel.Information, Message = "A person at the desk has taken conversation {ConversationId}.")]
    private partial void LogTaken(string conversationId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Conversation {ConversationId} is the bot's again.")]
    private partial void LogGivenBack(string conversationId);
}
