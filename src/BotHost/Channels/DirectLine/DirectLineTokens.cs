using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>
/// Issues and checks tokens. They are JSON Web Tokens because Web Chat reads the user id out of them (claim <c>user</c>);
/// there is one algorithm and one key, and nothing in the token chooses either.
/// </summary>
internal sealed class DirectLineTokens
{
    private const int MaxLength = 2_048;
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    private readonly byte[] _key;
    private readonly TimeProvider _time;
    private readonly DirectLineOptions _options;

    public DirectLineTokens(IOptions<DirectLineOptions> options, StoredSigningKey stored, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _key = string.IsNullOrEmpty(_options.SigningKey)
            ? stored.Key
            : Convert.FromBase64String(_options.SigningKey);
    }

    /// <returns>The token as text.</returns>
    public string Issue(string conversationId, string userId, DirectLineTokenUse use = DirectLineTokenUse.Client)
    {
        var now = _time.GetUtcNow();
        var lifetime = use == DirectLineTokenUse.Stream ? _options.StreamUrlLifetime : _options.TokenLifetime;
        var claims = new Claims(conversationId, userId, use.ToString(), now.ToUnixTimeSeconds(), (now + lifetime).ToUnixTimeSeconds());
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed))}";
    }

    public DirectLineTokenStatus Check(string? text, out DirectLineToken? token)
    {
        token = null;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
            return DirectLineTokenStatus.Invalid;

        var dot = text.LastIndexOf('.');
        if (dot <= Header.Length || !text.StartsWith(Header + ".", StringComparison.Ordinal) || !IsSigned(text[..dot], text[(dot + 1)..]))
            return DirectLineTokenStatus.Invalid;

        // The signature is ours, so is the payload: anything odd in it would be a fault here, not an attack.
        var claims = JsonSerializer.Deserialize<Claims>(Base64Url.DecodeFromChars(text.AsSpan(Header.Length + 1, dot - Header.Length - 1)))!;
        token = new DirectLineToken(claims.Conversation, claims.User, Enum.Parse<DirectLineTokenUse>(claims.Use), DateTimeOffset.FromUnixTimeSeconds(claims.Expires));
        return token.Expires > _time.GetUtcNow() ? DirectLineTokenStatus.Valid : DirectLineTokenStatus.Expired;
    }

    private bool IsSigned(string signed, string signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes + 1];
        return Base64Url.IsValid(signature)
            && Base64Url.TryDecodeFromChars(signature, given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], Sign(signed));
    }

    private byte[] Sign(string signed) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(signed));

    private sealed record Claims(
        [property: JsonPropertyName("conv")] string Conversation,
        [property: JsonPropertyName("user")] string User,
        [property: JsonPropertyName("use")] string Use,
        [property: JsonPropertyName("iat")] long Issued,
        [property: JsonPropertyName("exp")] long Expires);
}
