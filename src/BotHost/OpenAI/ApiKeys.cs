using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>The keys of the configuration, and what each has left of its minute.</summary>
internal sealed class ApiKeys : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly List<(byte[] Hash, Key Key)> _keys = [];

    public ApiKeys(IOptions<OpenAIOptions> options)
    {
        foreach (var key in options.Value.ApiKeys)
        {
            var limiter = new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions { PermitLimit = key.RequestsPerMinute, Window = Window, QueueLimit = 0 });
            _keys.Add((Convert.FromHexString(key.Sha256), new Key(key.Name, limiter)));
        }
    }

    public bool IsEmpty => _keys.Count == 0;

    /// <returns>The key that was given, or null where it is none of these.</returns>
    public Key? Find(string given)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(given));
        Key? found = null;
        // All of them, so that the time does not say which.
        foreach (var (known, key) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
                found = key;
        }

        return found;
    }

    public void Dispose()
    {
        foreach (var (_, key) in _keys)
            key.Dispose();
    }

    internal sealed class Key(string name, FixedWindowRateLimiter limiter) : IDisposable
    {
        public string Name => name;

        /// <returns>How long to wait, or null where the request may be made now.</returns>
        public TimeSpan? Take()
        {
            using var lease = limiter.AttemptAcquire();
            return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
        }

        public void Dispose() => limiter.Dispose();
    }
}
