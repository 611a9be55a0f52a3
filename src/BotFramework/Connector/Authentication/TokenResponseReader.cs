using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Reads the answer of a token endpoint (RFC 6749, section 5).</summary>
internal static class TokenResponseReader
{
    internal static async Task<AccessToken> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        if (response.IsSuccessStatusCode && body is { } answer
            && (string)answer["access_token"] is { Length: > 0 } token
            && answer["expires_in"] is JValue { Type: JTokenType.Integer or JTokenType.String } expires
            && int.TryParse(expires.ToString(CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return new AccessToken(token, TimeSpan.FromSeconds(seconds));
        }

        // The description may hold more than a log should; the code says enough.
        throw new HttpRequestException(
            $"{response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path)} gave no token: status {(int)response.StatusCode}, error '{(body?["error"] as JValue)?.Value ?? "none"}'. Check MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType and MicrosoftAppTenantId.",
            null,
            response.StatusCode);
    }

    private static JObject Parse(string text)
    {
        try
        {
            return JObject.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
