namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The client credentials grant (RFC 6749, section 4.4).</summary>
internal sealed class ClientSecretTokenSource(HttpClient http, Uri endpoint, string appId, string secret, string audience) : ITokenSource
{
    public async Task<AccessToken> FetchAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", appId),
            new("client_secret", secret),
            new("scope", $"{audience}/.default"),
        ]);
        using var response = await http.PostAsync(endpoint, form, cancellationToken).ConfigureAwait(false);
        return await TokenResponseReader.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }
}
