using Microsoft.Extensions.Configuration;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Where the machine hands out the tokens of its managed identity.</summary>
/// <param name="Url">The endpoint.</param>
/// <param name="HeaderName">The header that shows the request is not one that a browser was tricked into.</param>
/// <param name="HeaderValue">Its value.</param>
/// <param name="ApiVersion">The version of the protocol.</param>
internal sealed record ManagedIdentityEndpoint(Uri Url, string HeaderName, string HeaderValue, string ApiVersion)
{
    /// <summary>App Service and Container Apps name their endpoint in the environment; virtual machines have a fixed one.</summary>
    internal static ManagedIdentityEndpoint From(IConfiguration configuration) =>
        configuration["IDENTITY_ENDPOINT"] is { Length: > 0 } endpoint
            ? new ManagedIdentityEndpoint(new Uri(endpoint), "X-IDENTITY-HEADER", configuration["IDENTITY_HEADER"], "2019-08-01")
            : new ManagedIdentityEndpoint(new Uri("http://169.254.169.254/metadata/identity/oauth2/token"), "Metadata", "true", "2018-02-01");
}
