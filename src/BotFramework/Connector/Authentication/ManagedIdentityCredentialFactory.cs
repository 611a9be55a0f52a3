using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Rest;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>A bot that proves itself by the managed identity of the machine that it runs on.</summary>
internal sealed class ManagedIdentityCredentialFactory(string appId, ManagedIdentityEndpoint endpoint, HttpClient httpClient, ILogger logger, TimeProvider timeProvider) : ServiceClientCredentialsFactory
{
    private readonly ConcurrentDictionary<string, BearerCredentials> _credentials = new(StringComparer.Ordinal);

    public override Task<bool> IsValidAppIdAsync(string appId1, CancellationToken cancellationToken) =>
        Task.FromResult(string.Equals(appId1, appId, StringComparison.OrdinalIgnoreCase));

    public override Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public override Task<ServiceClientCredentials> CreateCredentialsAsync(string appId1, string audience, string loginEndpoint, bool validateAuthority, CancellationToken cancellationToken) =>
        Task.FromResult<ServiceClientCredentials>(_credentials.GetOrAdd(audience, key => new BearerCredentials(
            new ManagedIdentityTokenSource(httpClient ?? BotHttp.Shared, endpoint, appId, key), timeProvider, logger ?? NullLogger.Instance)));
}
