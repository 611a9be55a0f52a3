using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Rest;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>A bot that proves itself by its app id and password (client secret).</summary>
public class PasswordServiceClientCredentialFactory : ServiceClientCredentialsFactory
{
    private readonly ConcurrentDictionary<(string AppId, string Audience, string Endpoint), BearerCredentials> _credentials = new();
    private readonly HttpClient _http;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;

    public PasswordServiceClientCredentialFactory()
        : this(null, null, null, null, null)
    {
    }

    public PasswordServiceClientCredentialFactory(string appId, string password, string tenantId, HttpClient httpClient, ILogger logger)
        : this(appId, password, tenantId, httpClient, logger, TimeProvider.System)
    {
    }

    internal PasswordServiceClientCredentialFactory(string appId, string password, string tenantId, HttpClient httpClient, ILogger logger, TimeProvider timeProvider)
    {
        AppId = appId;
        Password = password;
        TenantId = tenantId;
        _http = httpClient ?? BotHttp.Shared;
        _logger = logger ?? NullLogger.Instance;
        _timeProvider = timeProvider;
    }

    public string AppId { get; set; }

    public string Password { get; set; }

    public string TenantId { get; }

    public override Task<bool> IsValidAppIdAsync(string appId, CancellationToken cancellationToken) =>
        Task.FromResult(!string.IsNullOrEmpty(AppId) && string.Equals(appId, AppId, StringComparison.OrdinalIgnoreCase));

    public override Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken) => Task.FromResult(string.IsNullOrEmpty(AppId));

    /// <summary>Credentials from <paramref name="loginEndpoint"/>; none where authentication is disabled. The same ones for the same arguments, with the token they hold.</summary>
    public override Task<ServiceClientCredentials> CreateCredentialsAsync(string appId, string oauthScope, string loginEndpoint, bool validateAuthority, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(AppId))
            return Task.FromResult<ServiceClientCredentials>(null);

        if (!string.Equals(appId, AppId, StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"The app id '{appId}' is not this bot's; MicrosoftAppId is '{AppId}'.");

        var endpoint = LoginEndpoint.TokenUrl(loginEndpoint, TenantId);
        return Task.FromResult<ServiceClientCredentials>(_credentials.GetOrAdd(
            (AppId, oauthScope, endpoint.AbsoluteUri),
            key => new BearerCredentials(new ClientSecretTokenSource(_http, endpoint, AppId, Password, key.Audience), _timeProvider, _logger)));
    }
}
