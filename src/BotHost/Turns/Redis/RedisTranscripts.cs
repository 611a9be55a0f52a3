using Microsoft.Extensions.Options;
using Newtonsoft.Json;
using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>What was said at any host; for a day after the last message.</summary>
internal sealed class RedisTranscripts(RedisStore store, IOptions<HandOffOptions> options) : ITranscripts
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public async Task AddAsync(HandOffKey conversation, SaidMessage message) => await store.DoAsync(async database =>
    {
        var batch = database.CreateTransaction();
        var key = KeyOf(conversation.ChannelId, conversation.ConversationId);
        _ = batch.ListRightPushAsync(key, JsonConvert.SerializeObject(message));
        _ = batch.ListTrimAsync(key, -options.Value.TranscriptMessages, -1);
        _ = batch.KeyExpireAsync(key, Kept);
        return await batch.ExecuteAsync();
    });

    public async Task<IReadOnlyList<SaidMessage>> OfAsync(HandOffKey conversation) =>
        [.. (await store.DoAsync(database => database.ListRangeAsync(KeyOf(conversation.ChannelId, conversation.ConversationId)))).Select(message => JsonConvert.DeserializeObject<SaidMessage>(message!)!)];

    public async Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken)
    {
        var key = KeyOf(channelId, conversationId);
        var count = (int)await store.DoAsync(database => database.ListLengthAsync(key));
        await store.DoAsync(database => database.KeyDeleteAsync(key));
        return count;
    }

    private StackExchange.Redis.RedisKey KeyOf(string channelId, string conversationId) => store.Key("transcript", RedisLine.Of(channelId, conversationId));
}
