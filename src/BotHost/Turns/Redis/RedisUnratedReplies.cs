using System.Text.Json;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Review;
using StackExchange.Redis;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>The replies of all hosts. Those of the conversations that had none for longest go first.</summary>
internal sealed class RedisUnratedReplies(RedisStore store, IOptions<ReviewOptions> options) : IUnratedReplies
{
    public async Task AddAsync(HandOffKey conversation, UnratedReply reply, IEnumerable<string?> ids)
    {
        var json = JsonSerializer.Serialize(reply);
        var entries = ids.Where(id => !string.IsNullOrEmpty(id)).SelectMany(id => (RedisValue[])[id, json]);
        await store.RunAsync(RedisScript.AddUnrated, [LineOf(conversation.ChannelId, conversation.ConversationId), options.Value.MaxUnratedReplies, .. entries]);
    }

    public async Task<UnratedReply?> FindAsync(HandOffKey conversation, string? id)
    {
        if (string.IsNullOrEmpty(id))
            return null;
        var json = await store.DoAsync(database => database.HashGetAsync(store.Key("unrated", LineOf(conversation.ChannelId, conversation.ConversationId)), id));
        return json.IsNull ? null : JsonSerializer.Deserialize<UnratedReply>((string)json!);
    }

    public async Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken) =>
        (int)await store.RunAsync(RedisScript.ForgetUnrated, LineOf(channelId, conversationId));

    private static string LineOf(string channelId, string conversationId) => RedisLine.Of(channelId, conversationId);
}
