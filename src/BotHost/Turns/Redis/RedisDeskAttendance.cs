using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Desk;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>The pages that are open at any host.</summary>
internal sealed class RedisDeskAttendance(RedisStore store, IOptions<DeskOptions> options) : IDeskAttendance
{
    public async ValueTask<bool> IsAttendedAsync() => await store.DoAsync(database => database.KeyExistsAsync(store.Key("attended")));

    public async ValueTask NoteAsync() => await store.DoAsync(database => database.StringSetAsync(store.Key("attended"), "", options.Value.Attendance));
}
