using Microsoft.Rest;

namespace Microsoft.Bot.Connector;

/// <summary>The connector service at one service URL. It owns none of its parts: the HTTP client is shared.</summary>
internal sealed class ConnectorClient : IConnectorClient
{
    internal ConnectorClient(Uri baseUri, ServiceClientCredentials credentials, ConnectorTransport transport)
    {
        BaseUri = baseUri;
        Credentials = credentials;
        Conversations = new Conversations(this, transport);
    }

    public Uri BaseUri { get; set; }

    public ServiceClientCredentials Credentials { get; }

    public IConversations Conversations { get; }

    public void Dispose()
    {
    }
}
