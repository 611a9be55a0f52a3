using Microsoft.Extensions.Configuration;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The addresses of the cloud that the bot lives in: public Azure's or US Government's, and what the configuration sets otherwise.</summary>
internal sealed record CloudEndpoints(
    string LoginUrl, string Scope, string ChannelIssuer, string ChannelMetadataUrl, string EmulatorMetadataUrl, string CallerId, bool IsGovernment)
{
    internal const string GovernmentChannelService = "https://botframework.azure.us";
    internal const string GovernmentLoginUrl = "https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us";
    internal const string GovernmentLoginUrlTemplate = "https://login.microsoftonline.us/{0}";

    private static readonly CloudEndpoints Public = new(
        AuthenticationConstants.ToChannelFromBotLoginUrl,
        AuthenticationConstants.ToChannelFromBotOAuthScope,
        AuthenticationConstants.ToBotFromChannelTokenIssuer,
        AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
        AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
        "urn:botframework:azure",
        IsGovernment: false);

    private static readonly CloudEndpoints Government = new(
        GovernmentLoginUrl,
        "https://api.botframework.us",
        "https://api.botframework.us",
        "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
        "https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0/.well-known/openid-configuration",
        "urn:botframework:azureusgov",
        IsGovernment: true);

    internal static CloudEndpoints From(IConfiguration configuration)
    {
        var cloud = configuration["ChannelService"] switch
        {
            null or "" => Public,
            var service when service.TrimEnd('/').Equals(GovernmentChannelService, StringComparison.OrdinalIgnoreCase) => Government,
            // A private cloud: it names its own addresses in the keys below.
            _ => Public,
        };
        return cloud with
        {
            LoginUrl = Or("ToChannelFromBotLoginUrl", cloud.LoginUrl),
            Scope = Or("ToChannelFromBotOAuthScope", cloud.Scope),
            ChannelIssuer = Or("ToBotFromChannelTokenIssuer", cloud.ChannelIssuer),
            ChannelMetadataUrl = Or("ToBotFromChannelOpenIdMetadataUrl", cloud.ChannelMetadataUrl),
            EmulatorMetadataUrl = Or("ToBotFromEmulatorOpenIdMetadataUrl", cloud.EmulatorMetadataUrl),
            CallerId = Or("CallerId", cloud.CallerId),
        };

        string Or(string key, string standard) => configuration[key] is { Length: > 0 } value ? value : standard;
    }
}
