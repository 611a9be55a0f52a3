using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Channels.DirectLine;

public sealed class TokenTests
{
    private static readonly (string Key, string? Value) ShortLived = ("OnnxChat:DirectLine:TokenLifetime", "00:10:00");

    [Theory]
    [InlineData("dl_alice-1", true)]
    [InlineData("alice", false)]
    [InlineData("dl_", false)]
    [InlineData("dl_<script>", false)]
    [InlineData(null, false)]
    public async Task Generate_UserId_IsKeptOnlyWithThePrefix(string? asked, bool kept)
    {
        using var host = new TestHost();
        using var client = new DirectLineClient(host);

        await client.GenerateAsync(asked is null ? null : new { user = new { id = asked } });

        var payload = client.Token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        var claims = System.Text.Json.Nodes.JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '='))))!;
        Assert.StartsWith("dl_", (string)claims["user"]!);
        Assert.Equal(kept, (string)claims["user"]! == asked);
        Assert.Equal(client.ConversationId, (string)claims["conv"]!);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"user\":7}")]
    public async Task Generate_BodyIsNoUser_400(string body)
    {
        using var host = new TestHost();
        using var client = new DirectLineClient(host);

        using var response = await client.SendAsync(HttpMethod.Post, "tokens/generate", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("BadArgument", await DirectLineClient.ErrorCodeAsync(response));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task AnyRoute_NoGoodToken_401(string token)
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);

        foreach (var (method, path) in Routes(client.ConversationId))
        {
            using var response = await client.SendAsync(method, path, method == HttpMethod.Post ? new { type = "message" } : null, token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Unauthorized", await DirectLineClient.ErrorCodeAsync(response));
        }
    }

    [Fact]
    public async Task AnyRoute_ForgedToken_401()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        var parts = client.Token.Split('.');
        string[] forged =
        [
            $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}",
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1][..^2]}AA.{parts[2]}",
            $"{client.Token}AAAA",
        ];

        foreach (var token in forged)
        {
            using var response = await client.SendAsync(HttpMethod.Get, $"conversations/{client.ConversationId}", token: token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task AnyRoute_TokenOfAnotherProcess_401()
    {
        using var host = new TestHost();
        using var other = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        using var stranger = await DirectLineClient.StartAsync(other);

        using var response = await client.SendAsync(HttpMethod.Post, "tokens/refresh", token: stranger.Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task AnyRoute_TokenSignedWithTheSameConfiguredKey_IsGood()
    {
        (string, string?) key = ("OnnxChat:DirectLine:SigningKey", Convert.ToBase64String(new byte[32]));
        using var host = new TestHost(key);
        using var restarted = new TestHost(key);
        using var client = await DirectLineClient.StartAsync(host);
        using var later = new DirectLineClient(restarted);

        using var response = await later.SendAsync(HttpMethod.Post, "tokens/refresh", token: client.Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("not base64!", "is not base64")]
    [InlineData("AAAA", "has 3 bytes; it needs at least 32")]
    public void Start_SigningKeyIsBad_Fails(string key, string message)
    {
        using var logs = new RecordingLoggerProvider();

        var error = Assert.Throws<OptionsValidationException>(() => KestrelHost.Create(logs, _ => { }, $"--OnnxChat:DirectLine:SigningKey={key}"));

        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task ConversationRoute_TokenOfAnotherConversation_403()
    {
        using var host = new TestHost();
        using var alice = await DirectLineClient.StartAsync(host);
        using var bob = await DirectLineClient.StartAsync(host);

        foreach (var (method, path) in Routes(alice.ConversationId).Where(route => route.Path.Contains('/') && route.Path.StartsWith("conversations", StringComparison.Ordinal)))
        {
            using var response = await alice.SendAsync(method, path, method == HttpMethod.Post ? new { type = "message" } : null, bob.Token);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task AnyRoute_TokenExpired_403SaysSo()
    {
        using var host = new TestHost(ShortLived);
        using var client = await DirectLineClient.StartAsync(host);

        host.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        using var before = await client.SendAsync(HttpMethod.Get, $"conversations/{client.ConversationId}");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        using var after = await client.SendAsync(HttpMethod.Get, $"conversations/{client.ConversationId}");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, after.StatusCode);
        Assert.Equal("TokenExpired", await DirectLineClient.ErrorCodeAsync(after));
    }

    [Fact]
    public async Task Refresh_BeforeExpiry_GivesATokenThatLastsLonger()
    {
        using var host = new TestHost(ShortLived);
        using var client = await DirectLineClient.StartAsync(host);
        host.Time.Advance(TimeSpan.FromMinutes(9));

        using var refreshed = await client.SendAsync(HttpMethod.Post, "tokens/refresh");
        var json = await DirectLineClient.JsonAsync(refreshed);
        host.Time.Advance(TimeSpan.FromMinutes(9));
        using var response = await client.SendAsync(HttpMethod.Get, $"conversations/{client.ConversationId}", token: (string)json["token"]!);

        Assert.Equal(client.ConversationId, (string)json["conversationId"]!);
        Assert.Equal(600, (int)json["expires_in"]!);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Generate_TooOftenFromOneAddress_429()
    {
        using var host = new TestHost(("OnnxChat:DirectLine:MaxStartsPerMinute", "2"));
        using var client = new DirectLineClient(host);
        await client.GenerateAsync();
        await client.GenerateAsync();

        using var response = await client.SendAsync(HttpMethod.Post, "tokens/generate");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("TooManyRequests", await DirectLineClient.ErrorCodeAsync(response));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Session_GoodToken_GivesAnId()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);

        using var response = await client.SendAsync(HttpMethod.Get, "session/getsessionid");

        Assert.NotEqual("", (string)(await DirectLineClient.JsonAsync(response))["sessionId"]!);
    }

    private static IEnumerable<(HttpMethod Method, string Path)> Routes(string conversationId) =>
    [
        (HttpMethod.Post, "tokens/refresh"),
        (HttpMethod.Get, "session/getsessionid"),
        (HttpMethod.Post, "conversations"),
        (HttpMethod.Get, $"conversations/{conversationId}"),
        (HttpMethod.Get, $"conversations/{conversationId}/activities"),
        (HttpMethod.Post, $"conversations/{conversationId}/activities"),
        (HttpMethod.Post, $"conversations/{conversationId}/upload"),
    ];
}
