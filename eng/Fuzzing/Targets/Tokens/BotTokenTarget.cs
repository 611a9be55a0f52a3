using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Bot;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;

namespace OnnxChat.Fuzzing.Targets.Tokens;

/// <summary>
/// Tokens that come with activities are taken or refused by a <see cref="SecurityTokenException"/>. An input is a whole
/// token; or, in two lines that begin with a brace, a header and claims that the target signs with the issuer's own key,
/// so that what stands behind the signature is reached too. Findings: any other exception, and a token that is let in
/// though nobody signed it.
/// </summary>
internal sealed class BotTokenTarget : IFuzzTarget
{
    private const string AppId = "11111111-1111-1111-1111-111111111111";
    private const string Header = """{"alg":"RS256","kid":"k1","typ":"JWT"}""";
    private const string Claims = $$"""{"iss":"https://api.botframework.com","aud":"{{AppId}}","exp":4102444800,"nbf":1,"serviceurl":"http://localhost:1/"}""";
    private const string AppClaims = $$"""{"iss":"https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/","aud":"{{AppId}}","exp":4102444800,"nbf":1,"ver":"1.0","appid":"{{AppId}}"}""";

    private readonly RSA _key = RSA.Create(2048);
    private readonly HttpClient _http;
    private readonly BotTokenValidator _validator;
    private readonly Activity _activity = new("message") { ChannelId = "msteams", ServiceUrl = "http://localhost:1/" };
    private readonly string _signed;

    public BotTokenTarget()
    {
        _http = new HttpClient(new Issuer(_key));
        var settings = BotFrameworkSettings.From(new ConfigurationBuilder().Build(), TimeProvider.System);
        var cloud = CloudEndpoints.From(new ConfigurationBuilder().Build());
        var rules = BotTokenRules.From(AppId, null!, cloud, new AuthenticationConfiguration(), []);
        _validator = new BotTokenValidator(
            rules,
            new SigningKeys(_http, new Uri(cloud.ChannelMetadataUrl), settings, NullLogger.Instance),
            new SigningKeys(_http, new Uri(cloud.EmulatorMetadataUrl), settings, NullLogger.Instance),
            TimeProvider.System);
        var token = Sign(Header, Claims);
        _signed = token[..token.LastIndexOf('.')];
        Seeds = [Encoding.UTF8.GetBytes(token), .. new[] { Claims, AppClaims }.Select(claims => Encoding.UTF8.GetBytes($"{Header}\n{claims}"))];
    }

    public string Name => "bot-token";

    public InputKind Kind => InputKind.Text;

    public IReadOnlyList<byte[]> Seeds { get; }

    public IReadOnlyList<string> Words { get; } =
        [".", "..", "{", "}", "\"alg\":\"none\"", "\"alg\":\"HS256\"", "\"enc\":\"A128GCM\"", "\"zip\":\"DEF\"", "\"kid\":", "\"ver\":\"2.0\"", "\"azp\":", "\"aud\":[]", "\"exp\":-1", "\"exp\":1e300", "\"nbf\":\"x\"", "9223372036854775807", "253402300800", "\"serviceurl\":null", "eyJ", "fQ", "=", "-", "_", "\n"];

    public long MostAllocated(int length) => (16L << 20) + (64L * length);

    public async ValueTask<Outcome> RunAsync(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var lines = text.StartsWith('{') ? text.Split('\n', 2) : null;
        var token = lines is { Length: 2 } ? Sign(lines[0], lines[1]) : text;
        try
        {
            await _validator.ValidateAsync(token, _activity, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SecurityTokenException exception)
        {
            return Outcome.Refused(exception);
        }

        return lines is not null || token[..token.LastIndexOf('.')] == _signed
            ? Outcome.Taken
            : throw new InvalidOperationException($"The token was let in, and nobody signed it: {token}");
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _key.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Sign(string header, string claims)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>Publishes the key as the login service would.</summary>
    private sealed class Issuer(RSA key) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var numbers = key.ExportParameters(false);
            var published = $$$"""{"keys":[{"kty":"RSA","kid":"k1","use":"sig","endorsements":["msteams"],"n":"{{{Base64Url.EncodeToString(numbers.Modulus)}}}","e":"{{{Base64Url.EncodeToString(numbers.Exponent)}}}"}]}""";
            var body = request.RequestUri!.AbsolutePath.EndsWith("keys", StringComparison.Ordinal)
                ? published
                : """{"issuer":"https://api.botframework.com","jwks_uri":"https://login.botframework.com/keys"}""";
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });
        }
    }
}
