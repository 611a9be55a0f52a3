using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Rest;

namespace Microsoft.Bot.Builder.Integration.AspNet.Core;

/// <summary>
/// The credentials that the configuration names: MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType, MicrosoftAppTenantId;
/// with MicrosoftAppCertificatePath a certificate in the password's place.
/// </summary>
public class ConfigurationServiceClientCredentialFactory : ServiceClientCredentialsFactory
{
    private readonly ServiceClientCredentialsFactory _inner;

    /// <exception cref="ArgumentException">The app type needs a key that is missing, or is not known.</exception>
    /// <exception cref="InvalidOperationException">The certificate cannot be used.</exception>
    public ConfigurationServiceClientCredentialFactory(IConfiguration configuration, HttpClient httpClient = null, ILogger logger = null)
        : this(configuration, httpClient, logger, TimeProvider.System)
    {
    }

    internal ConfigurationServiceClientCredentialFactory(IConfiguration configuration, HttpClient httpClient, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var appId = configuration["MicrosoftAppId"];
        var password = configuration["MicrosoftAppPassword"];
        switch (configuration["MicrosoftAppType"]?.ToUpperInvariant())
        {
            case "USERASSIGNEDMSI":
                _inner = new ManagedIdentityCredentialFactory(Require("MicrosoftAppId"), ManagedIdentityEndpoint.From(configuration), httpClient, logger, timeProvider);
                _ = Require("MicrosoftAppTenantId");
                break;
            case "SINGLETENANT" when Certificate() is { } certificate:
                _inner = new CertificateCredentialFactory(Require("MicrosoftAppId"), certificate, Require("MicrosoftAppTenantId"), httpClient, logger, timeProvider);
                break;
            case "SINGLETENANT":
                _inner = new PasswordServiceClientCredentialFactory(
                    Require("MicrosoftAppId"), Require("MicrosoftAppPassword"), Require("MicrosoftAppTenantId"), httpClient, logger, timeProvider);
                break;
            case null or "" or "MULTITENANT" when Certificate() is { } certificate:
                _inner = new CertificateCredentialFactory(Require("MicrosoftAppId"), certificate, "", httpClient, logger, timeProvider);
                break;
            case null or "" or "MULTITENANT":
                _inner = new PasswordServiceClientCredentialFactory(appId, password, "", httpClient, logger, timeProvider);
                break;
            default:
                throw new ArgumentException($"MicrosoftAppType is '{configuration["MicrosoftAppType"]}'; it must be MultiTenant, SingleTenant or UserAssignedMSI.", nameof(configuration));
        }

        BotCertificate Certificate() =>
            configuration[BotCertificate.PathKey] is { Length: > 0 } path ? new BotCertificate(path, configuration[BotCertificate.PasswordKey]) : null;

        string Require(string key) => configuration[key] is { } value && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new ArgumentException($"{key} is not set; MicrosoftAppType {configuration["MicrosoftAppType"] ?? "MultiTenant"} needs it.", nameof(configuration));
    }

    public override Task<bool> IsValidAppIdAsync(string appId, CancellationToken cancellationToken) => _inner.IsValidAppIdAsync(appId, cancellationToken);

    public override Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken) => _inner.IsAuthenticationDisabledAsync(cancellationToken);

    public override Task<ServiceClientCredentials> CreateCredentialsAsync(string appId, string audience, string loginEndpoint, bool validateAuthority, CancellationToken cancellationToken) =>
        _inner.CreateCredentialsAsync(appId, audience, loginEndpoint, validateAuthority, cancellationToken);
}
