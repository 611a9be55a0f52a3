using System.Security.Cryptography;
using System.Text;
using OnnxChat.BotHost.Security;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>Counts at all hosts together; while the server cannot be asked, at this host alone.</summary>
internal sealed class RedisRateWindows(RedisStore store) : IRateWindows, IDisposable
{
    private const int WindowMilliseconds = 60_000;

    private readonly HostRateWindows _alone = new();

    public async ValueTask<TimeSpan?> TakeAsync(string what, string who, int limit)
    {
        try
        {
            // A hash: addresses are nobody's business who looks at the server.
            var id = Convert.ToHexStringLower(HMACSHA256.HashData(store.SigningKey, Encoding.UTF8.GetBytes($"{what}\n{who}")));
            var wait = (long)await store.RunAsync(RedisScript.Rate, id, limit, WindowMilliseconds);
            return wait < 0 ? null : TimeSpan.FromMilliseconds(wait);
        }
        catch (TurnInboxException)
        {
            return await _alone.TakeAsync(what, who, limit);
        }
    }

    public void Dispose() => _alone.Dispose();
}
