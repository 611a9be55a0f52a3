namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The token of a user-assigned managed identity.</summary>
internal sealed class ManagedIdentityTokenSource(HttpClient http, ManagedIdentityEndpoint endpoint, string appId, string audience) : ITokenSource
{
    public async Task<AccessToken> FetchAsync(CancellationToken cancellationToken)
    {
        var query = $"?api-version={endpoint.ApiVersion}&resource={Uri.EscapeDataString(audience)}&client_id={Uri.EscapeDataString(appId)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint.Url, query));
        request.Headers.TryAddWithoutValidation(endpoint.HeaderName, endpoint.HeaderValue);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await TokenResponseReader.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }
}
