namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Makes clients for a channel's connector service.</summary>
public abstract class ConnectorFactory
{
    public abstract Task<IConnectorClient> CreateAsync(string serviceUrl, string audience, CancellationToken cancellationToken);
}
