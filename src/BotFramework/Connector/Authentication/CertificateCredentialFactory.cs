using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Rest;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>A bot that proves itself by its app id and a certificate.</summary>
internal sealed class CertificateCredentialFactory : ServiceClientCredentialsFactory
{
    private readonly ConcurrentDictionary<(string Audience, string Endpoint), BearerCredentials> _credentials = new();
    private readonly string _appId;
    private readonly BotCertificate _certificate;
    private readonly string _tenantId;
    private readonly HttpClient _http;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;

    /// <exception cref="InvalidOperationException">The certificate cannot be used.</exception>
    internal CertificateCredentialFactory(string appId, BotCertificate certificate, string tenantId, HttpClient httpClient, ILogger logger, TimeProvider timeProvider)
    {
        certificate.Load().Dispose();
        _appId = appId;
        _certificate = certificate;
        _tenantId = tenantId;
        _http = httpClient ?? BotHttp.Shared;
        _logger = logger ?? NullLogger.Instance;
        _timeProvider = timeProvider;
    }

    public override Task<bool> IsValidAppIdAsync(string appId, CancellationToken cancellationToken) =>
        Task.FromResult(string.Equals(appId, _appId, StringComparison.OrdinalIgnoreCase));

    public override Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public override Task<ServiceClientCredentials> CreateCredentialsAsync(string appId, string audience, string loginEndpoint, bool validateAuthority, CancellationToken cancellationToken)
    {
        if (!string.Equals(appId, _appId, StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"The app id '{appId}' is not this bot's; MicrosoftAppId is '{_appId}'.");

        var endpoint = LoginEndpoint.TokenUrl(loginEndpoint, _tenantId);
        return Task.FromResult<ServiceClientCredentials>(_credentials.GetOrAdd(
            (audience, endpoint.AbsoluteUri),
            key => new BearerCredentials(new CertificateTokenSource(_http, endpoint, _appId, _certificate, key.Audience, _timeProvider), _timeProvider, _logger)));
    }
}
