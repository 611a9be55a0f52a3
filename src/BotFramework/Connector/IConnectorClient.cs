using Microsoft.Rest;

namespace Microsoft.Bot.Connector;

/// <summary>A channel's connector service, at one service URL.</summary>
public interface IConnectorClient : IDisposable
{
    Uri BaseUri { get; set; }

    ServiceClientCredentials Credentials { get; }

    IConversations Conversations { get; }
}
