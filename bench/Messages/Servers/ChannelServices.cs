using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OnnxChat.Messages.Servers;

/// <summary>What a bot has around it: the login service with its keys, and the channel that takes its replies.</summary>
internal sealed class ChannelServices : IAsyncDisposable
{
    private const string AppId = "22222222-2222-4222-8222-222222222222";
    private const string KeyId = "k1";
    private const string Issuer = "https://api.botframework.com";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private static readonly byte[] Answer = """{"id":"r"}"""u8.ToArray();
    private static readonly string[] Algorithms = ["RS256"];

    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;
    private long _replies;

    private ChannelServices()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/metadata", () => new { issuer = Issuer, jwks_uri = $"{Url}/keys", id_token_signing_alg_values_supported = Algorithms });
        _app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        _app.MapPost("/login/oauth2/v2.0/token", () => new { token_type = "Bearer", expires_in = 3600, access_token = "bot-token" });
        // As little work as can be: it runs on the cores that the bots share.
        _app.MapPost("/v3/conversations/{conversation}/activities/{id?}", async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            Interlocked.Increment(ref _replies);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Answer.Length;
            await context.Response.BodyWriter.WriteAsync(Answer, context.RequestAborted);
        });
    }

    /// <summary>Replies that the channel has taken so far.</summary>
    public long Replies => Interlocked.Read(ref _replies);

    public string Url => _app.Urls.Single();

    /// <summary>The SDK's configuration keys; both bots take them.</summary>
    public Dictionary<string, string> BotConfiguration => new()
    {
        ["MicrosoftAppId"] = AppId,
        ["MicrosoftAppPassword"] = "not-a-secret-of-anything",
        ["MicrosoftAppType"] = "MultiTenant",
        ["ToBotFromChannelOpenIdMetadataUrl"] = $"{Url}/metadata",
        ["ToBotFromChannelTokenIssuer"] = Issuer,
        ["ToBotFromEmulatorOpenIdMetadataUrl"] = $"{Url}/metadata",
        ["ToChannelFromBotLoginUrl"] = $"{Url}/login",
        ["ToChannelFromBotOAuthScope"] = Issuer,
        ["OAuthUrl"] = Url,
    };

    public static async Task<ChannelServices> StartAsync()
    {
        var services = new ChannelServices();
        await services._app.StartAsync();
        return services;
    }

    /// <summary>Waits until the channel has so many replies, or the time is over.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> WaitForRepliesAsync(long replies, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        while (Replies < replies && Stopwatch.GetElapsedTime(started) < atMost)
            await timer.WaitForNextTickAsync(cancellationToken);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>A channel's token for its messages, good for an hour.</summary>
    public string MakeToken()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = AppId,
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { ["serviceurl"] = Url },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private Dictionary<string, object> PublicKey()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = KeyId,
            ["x5t"] = KeyId,
            ["n"] = Base64UrlEncoder.Encode(key.Modulus),
            ["e"] = Base64UrlEncoder.Encode(key.Exponent),
            ["endorsements"] = new[] { "webchat", "msteams", "directline" },
        };
    }
}
