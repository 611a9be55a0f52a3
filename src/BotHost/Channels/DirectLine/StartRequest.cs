using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>What a client may say of its user when it asks for a token or starts a conversation. All of it is optional.</summary>
internal sealed record StartRequest(
    [property: JsonPropertyName("user")] StartRequest.UserAccount? User = null,
    [property: JsonPropertyName("locale")] string? Locale = null)
{
    private const int MaxBytes = 4_096;
    private static readonly StartRequest Empty = new();

    /// <returns>Null when the body is neither empty nor a JSON object of at most 4,096 bytes.</returns>
    public static async Task<StartRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await BoundedBody.ReadAsync(request, MaxBytes, cancellationToken);
        if (body is not { Length: > 0 })
            return body is null ? null : Empty;

        try
        {
            return JsonSerializer.Deserialize<StartRequest>(body) ?? Empty;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record UserAccount(
        [property: JsonPropertyName("id")] string? Id = null,
        [property: JsonPropertyName("name")] string? Name = null);
}
