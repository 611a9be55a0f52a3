using System.Security.Claims;
using Microsoft.Bot.Connector;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Bot.Builder.Integration.AspNet.Core;

/// <summary>Authentication as the configuration says. Without MicrosoftAppId there is none: everyone is anonymous.</summary>
public class ConfigurationBotFrameworkAuthentication : BotFrameworkAuthentication
{
    private const string CallerIdPrefix = "urn:botframework:aadappid:";

    private readonly ServiceClientCredentialsFactory _credentials;
    private readonly AuthenticationConfiguration _authentication;
    private readonly CloudEndpoints _cloud;
    private readonly BotTokenValidator _validator;
    private readonly ConnectorFactory _connectors;

    public ConfigurationBotFrameworkAuthentication(IConfiguration configuration, ServiceClientCredentialsFactory credentialsFactory = null, AuthenticationConfiguration authConfiguration = null, IHttpClientFactory httpClientFactory = null, ILogger logger = null)
        : this(configuration, credentialsFactory, authConfiguration, httpClientFactory, logger, TimeProvider.System)
    {
    }

    internal ConfigurationBotFrameworkAuthentication(
        IConfiguration configuration, ServiceClientCredentialsFactory credentialsFactory, AuthenticationConfiguration authConfiguration, IHttpClientFactory httpClientFactory, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var http = httpClientFactory?.CreateClient() ?? BotHttp.Shared;
        var appId = configuration["MicrosoftAppId"];
        var validateAuthority = !bool.TryParse(configuration["ValidateAuthority"], out var validate) || validate;
        // A bot of many tenants may have its tenant's id set all the same: it means nothing then.
        var tenantId = configuration["MicrosoftAppType"] is { Length: > 0 } type && !type.Equals("MultiTenant", StringComparison.OrdinalIgnoreCase)
            ? configuration["MicrosoftAppTenantId"]
            : null;
        logger ??= NullLogger.Instance;
        Settings = BotFrameworkSettings.From(configuration, timeProvider);
        _cloud = CloudEndpoints.From(configuration);
        _authentication = authConfiguration ?? new AuthenticationConfiguration();
        _credentials = credentialsFactory ?? new ConfigurationServiceClientCredentialFactory(configuration, http, logger, timeProvider);
        _connectors = new BotConnectorFactory(appId, _cloud, validateAuthority, _credentials, new ConnectorTransport(http, Settings, logger));
        _validator = new BotTokenValidator(
            BotTokenRules.From(
                appId,
                tenantId,
                _cloud,
                _authentication,
                [.. configuration.GetSection(BotTokenRules.AllowedCallersKey).GetChildren().Select(caller => caller.Value).Where(caller => !string.IsNullOrEmpty(caller))]),
            new SigningKeys(http, BotHttp.Trusted(_cloud.ChannelMetadataUrl, "ToBotFromChannelOpenIdMetadataUrl"), Settings, logger),
            new SigningKeys(http, BotHttp.Trusted(_cloud.EmulatorMetadataUrl, "ToBotFromEmulatorOpenIdMetadataUrl"), Settings, logger),
            timeProvider);
    }

    internal override BotFrameworkSettings Settings { get; }

    public override string GetOriginatingAudience() => _cloud.Scope;

    public override ConnectorFactory CreateConnectorFactory(ClaimsIdentity claimsIdentity) => _connectors;

    /// <exception cref="UnauthorizedAccessException">The request is not from whom it says it is from.</exception>
    public override async Task<AuthenticateRequestResult> AuthenticateRequestAsync(Activity activity, string authHeader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (await _credentials.IsAuthenticationDisabledAsync(cancellationToken).ConfigureAwait(false))
        {
            return new AuthenticateRequestResult
            {
                Audience = _cloud.Scope,
                ClaimsIdentity = new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType),
                ConnectorFactory = _connectors,
            };
        }

        var identity = await AuthenticateAsync(activity, authHeader, cancellationToken).ConfigureAwait(false);
        // A bot that calls this one takes replies with tokens for itself, as a channel does.
        var caller = _validator.SkillCallerOf(identity);
        return new AuthenticateRequestResult
        {
            Audience = caller ?? _cloud.Scope,
            CallerId = caller is null ? _cloud.CallerId : CallerIdPrefix + caller,
            ClaimsIdentity = identity,
            ConnectorFactory = _connectors,
        };
    }

    private async Task<ClaimsIdentity> AuthenticateAsync(Activity activity, string authHeader, CancellationToken cancellationToken)
    {
        const string Scheme = "Bearer ";
        if (authHeader?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            throw new UnauthorizedAccessException("The request has no bearer token.");

        try
        {
            var identity = await _validator.ValidateAsync(authHeader[Scheme.Length..].Trim(), activity, cancellationToken).ConfigureAwait(false);
            if (_authentication.ClaimsValidator is { } claims)
                await claims.ValidateClaimsAsync([.. identity.Claims]).ConfigureAwait(false);

            return identity;
        }
        catch (Exception exception) when (exception is not UnauthorizedAccessException && !cancellationToken.IsCancellationRequested)
        {
            // A token is a stranger's input: whatever it breaks, the stranger is not let in.
            throw new UnauthorizedAccessException($"The request's token is not accepted: {exception.Message}", exception);
        }
    }
}
