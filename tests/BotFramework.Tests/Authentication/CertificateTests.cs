using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OnnxChat.BotFramework.Tests.Servers;
using OnnxChat.Testing;

namespace OnnxChat.BotFramework.Tests.Authentication;

/// <summary>A bot that has a certificate in a password's place.</summary>
public sealed class CertificateTests : IAsyncLifetime
{
    private const string AppId = "22222222-2222-4222-8222-222222222222";
    private const string Scope = "https://api.botframework.com";
    private const string Password = "of the file";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private LoginService _login = null!;

    public async ValueTask InitializeAsync() => _login = await LoginService.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _login.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("bot.pfx", "MultiTenant")]
    [InlineData("bot.pem", "SingleTenant")]
    public async Task Token_WithACertificate_IsAskedForWithAnAssertionSignedByIt(string file, string type)
    {
        using var certificate = Write(file);

        Assert.Equal("bot-token-1", await TokenAsync(Create(file, type)));

        var form = Assert.Single(_login.TokenRequests);
        Assert.False(form.ContainsKey("client_secret"));
        Assert.Equal(("client_credentials", AppId, Scope + "/.default"), (form["grant_type"], form["client_id"], form["scope"]));
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form["client_assertion_type"]);
        var checkedAssertion = await CheckAsync(form["client_assertion"], certificate);
        Assert.True(checkedAssertion.IsValid, checkedAssertion.Exception?.Message);
        var assertion = new JsonWebToken(form["client_assertion"]);
        Assert.Equal(AppId, assertion.Subject);
        Assert.Equal(Base64UrlEncoder.Encode(certificate.GetCertHash()), assertion.X5t);
        Assert.Equal(TimeSpan.FromMinutes(10), assertion.ValidTo - assertion.ValidFrom);
        Assert.NotEqual("", assertion.Id);
    }

    [Fact]
    public async Task Token_CertificateRenewed_TheNextAssertionIsSignedByTheNewOne()
    {
        using var first = Write("bot.pfx");
        var factory = Create("bot.pfx", "MultiTenant");
        await TokenAsync(factory);
        using var second = Write("bot.pfx");

        _time.Advance(TimeSpan.FromHours(2));
        await TokenAsync(factory);

        var assertion = _login.TokenRequests.Last()["client_assertion"];
        Assert.True((await CheckAsync(assertion, second)).IsValid);
        Assert.False((await CheckAsync(assertion, first)).IsValid);
    }

    [Theory]
    [InlineData("none.pfx", "cannot be read")]
    [InlineData("garbage.pfx", "cannot be read")]
    [InlineData("keyless.pfx", "holds no RSA private key")]
    public void Construct_CertificateThatCannotBeUsed_ThrowsWithTheFileAndTheRemedy(string file, string reason)
    {
        File.WriteAllText(_folder["garbage.pfx"], "not a certificate");
        using var certificate = Write("bot.pfx");
        using var keyless = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        File.WriteAllBytes(_folder["keyless.pfx"], keyless.Export(X509ContentType.Pfx, Password)!);

        var exception = Assert.Throws<InvalidOperationException>(() => Create(file, "MultiTenant"));

        Assert.Contains($"MicrosoftAppCertificatePath is '{_folder[file]}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, exception.Message, StringComparison.Ordinal);
    }

    private ConfigurationServiceClientCredentialFactory Create(string file, string type) => new(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MicrosoftAppId"] = AppId,
            ["MicrosoftAppType"] = type,
            ["MicrosoftAppTenantId"] = "tenant",
            ["MicrosoftAppCertificatePath"] = _folder[file],
            ["MicrosoftAppCertificatePassword"] = file.EndsWith(".pfx", StringComparison.Ordinal) ? Password : null,
        }).Build(),
        _http,
        null,
        _time);

    private async Task<string> TokenAsync(ConfigurationServiceClientCredentialFactory factory)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var credentials = await factory.CreateCredentialsAsync(AppId, Scope, $"{_login.Url}/tenant", true, cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://channel.example");
        await credentials.ProcessHttpRequestAsync(request, cancelled);
        return request.Headers.Authorization!.Parameter!;
    }

    private Task<TokenValidationResult> CheckAsync(string assertion, X509Certificate2 certificate) => new JsonWebTokenHandler().ValidateTokenAsync(assertion, new TokenValidationParameters
    {
        ValidIssuer = AppId,
        ValidAudience = $"{_login.Url}/tenant/oauth2/v2.0/token",
        IssuerSigningKey = new X509SecurityKey(certificate),
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        LifetimeValidator = (from, to, _, _) => from <= _time.GetUtcNow().UtcDateTime && to > _time.GetUtcNow().UtcDateTime,
    });

    private X509Certificate2 Write(string file)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var certificate = request.CreateSelfSigned(_time.GetUtcNow().AddDays(-1), _time.GetUtcNow().AddDays(30));
        if (file.EndsWith(".pem", StringComparison.Ordinal))
            File.WriteAllText(_folder[file], certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        else
            File.WriteAllBytes(_folder[file], certificate.Export(X509ContentType.Pfx, Password)!);
        return certificate;
    }
}
