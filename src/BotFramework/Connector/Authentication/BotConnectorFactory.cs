namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Clients that call with this bot's credentials.</summary>
internal sealed class BotConnectorFactory(string appId, CloudEndpoints cloud, bool validateAuthority, ServiceClientCredentialsFactory credentials, ConnectorTransport transport) : ConnectorFactory
{
    /// <exception cref="RefusedServiceUrlException">The service URL may not be called.</exception>
    public override async Task<IConnectorClient> CreateAsync(string serviceUrl, string audience, CancellationToken cancellationToken)
    {
        var anonymous = await credentials.IsAuthenticationDisabledAsync(cancellationToken).ConfigureAwait(false);
        var url = ServiceUrl.Accept(serviceUrl, authenticated: !anonymous);
        var bearer = anonymous
            ? null
            : await credentials.CreateCredentialsAsync(appId, audience ?? cloud.Scope, cloud.LoginUrl, validateAuthority, cancellationToken).ConfigureAwait(false);
        return new ConnectorClient(url, bearer, transport);
    }
}
