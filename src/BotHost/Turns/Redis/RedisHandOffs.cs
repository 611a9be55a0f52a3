using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot.HandOff;
using StackExchange.Redis;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>Who waits for a person, or has one, for every host.</summary>
internal sealed class RedisHandOffs(RedisStore store, IOptions<HandOffOptions> options) : IHandOffs
{
    public async ValueTask<HandOffRecord?> FindAsync(HandOffKey key, CancellationToken cancellationToken) => Read(await store.RunAsync(RedisScript.FindHandOff, LineOf(key)));

    public async ValueTask<IReadOnlyList<HandOffRecord>> ListAsync(CancellationToken cancellationToken) =>
        [.. ((RedisResult[])(await store.RunAsync(RedisScript.ListHandOffs))!).Select(handOff => Read(handOff)!)];

    public async ValueTask<bool> TryAddAsync(HandOffRecord handOff, CancellationToken cancellationToken) => (bool)await store.RunAsync(
        RedisScript.AddHandOff,
        LineOf(handOff.Key), handOff.Key.ChannelId, handOff.Key.ConversationId, handOff.Language, store.Milliseconds(handOff.RequestedAt), handOff.Person ?? "", options.Value.MaxHandOffs);

    public async ValueTask<HandOffRecord?> TryTakeAsync(HandOffKey key, string person, CancellationToken cancellationToken) => Read(await store.RunAsync(RedisScript.TakeHandOff, LineOf(key), person));

    public async ValueTask<HandOffRecord?> RemoveAsync(HandOffKey key, CancellationToken cancellationToken) => Read(await store.RunAsync(RedisScript.RemoveHandOff, LineOf(key)));

    private HandOffRecord? Read(RedisResult result)
    {
        if (result.IsNull)
            return null;

        var fields = (RedisValue[])result!;
        return new HandOffRecord(new HandOffKey(fields[0]!, fields[1]!), fields[2]!, store.Time((long)fields[3]), fields[4]);
    }

    private static string LineOf(HandOffKey key) => RedisLine.Of(key.ChannelId, key.ConversationId);
}
