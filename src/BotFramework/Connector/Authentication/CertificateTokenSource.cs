using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The client credentials grant with a signed assertion in the secret's place (RFC 7523, section 2.2).</summary>
internal sealed class CertificateTokenSource(HttpClient http, Uri endpoint, string appId, BotCertificate certificate, string audience, TimeProvider time) : ITokenSource
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromMinutes(10);
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public async Task<AccessToken> FetchAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", appId),
            new("client_assertion_type", AssertionType),
            new("client_assertion", Assertion()),
            new("scope", $"{audience}/.default"),
        ]);
        using var response = await http.PostAsync(endpoint, form, cancellationToken).ConfigureAwait(false);
        return await TokenResponseReader.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private string Assertion()
    {
        using var loaded = certificate.Load();
        var now = time.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = appId,
            Audience = endpoint.AbsoluteUri,
            NotBefore = now,
            Expires = now + AssertionLifetime,
            Claims = new Dictionary<string, object> { ["sub"] = appId, ["jti"] = Guid.NewGuid().ToString() },
            SigningCredentials = new X509SigningCredentials(loaded, SecurityAlgorithms.RsaSha256)
            {
                // A provider that is kept would hold a key that is gone.
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            },
        });
    }
}
