using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Security;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>The keys of the configuration, and what each has left of its minute.</summary>
internal sealed class ApiKeys(IOptions<OpenAIOptions> options, IRateWindows windows)
{
    private readonly List<(byte[] Hash, ApiKeyOptions Key)> _keys = [.. options.Value.ApiKeys.Select(key => (Convert.FromHexString(key.Sha256), key))];

    public bool IsEmpty => _keys.Count == 0;

    /// <returns>The key that was given, or null where it is none of these.</returns>
    public ApiKeyOptions? Find(string given)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(given));
        ApiKeyOptions? found = null;
        // All of them, so that the time does not say which.
        foreach (var (known, key) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
                found = key;
        }

        return found;
    }

    /// <returns>How long to wait, or null where the request may be made now.</returns>
    public ValueTask<TimeSpan?> TakeAsync(ApiKeyOptions key) => windows.TakeAsync("openai", key.Name, key.RequestsPerMinute);
}
