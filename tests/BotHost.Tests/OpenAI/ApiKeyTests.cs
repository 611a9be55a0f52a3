using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.OpenAI;

public sealed class ApiKeyTests
{
    private const string Key = "sk-of-the-shop";
    private const string Hash = "OnnxChat:OpenAI:ApiKeys:0:Sha256";
    private const string Name = "OnnxChat:OpenAI:ApiKeys:0:Name";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Bearer " + Key, HttpStatusCode.OK)]
    [InlineData("bearer " + Key, HttpStatusCode.OK)]
    [InlineData("Bearer sk-of-another", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer", HttpStatusCode.Unauthorized)]
    [InlineData("Basic " + Key, HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Get_WithKeysConfigured_LetsInWhoHasOne(string? authorization, HttpStatusCode expected)
    {
        await using var host = new TestHost((Name, "shop"), (Hash, Sha256(Key)));

        using var response = await GetAsync(host, authorization);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count > 0);
        Assert.DoesNotContain("sk-of", host.Logs.Text);
    }

    [Fact]
    public async Task Get_MoreThanAKeyMay_429UntilItsMinuteIsOver()
    {
        await using var host = new TestHost((Name, "shop"), (Hash, Sha256(Key)), ("OnnxChat:OpenAI:ApiKeys:0:RequestsPerMinute", "2"));
        for (var i = 0; i < 2; i++)
        {
            using var fine = await GetAsync(host, "Bearer " + Key);
            Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
        }

        using var response = await GetAsync(host, "Bearer " + Key);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Host", "bot.example.com")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Get_NoKeysAndNotFromHere_403(string header, string value)
    {
        await using var host = new TestHost();
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData(Hash, Key, "Sha256 is not 64 hexadecimal digits")]
    [InlineData(Name, "", "Name has 0 characters")]
    [InlineData("OnnxChat:OpenAI:ApiKeys:0:RequestsPerMinute", "0", "RequestsPerMinute is 0")]
    public async Task Start_BadKey_SaysWhatIsWrongAndNotTheKey(string setting, string value, string reason)
    {
        var settings = new Dictionary<string, string?> { [Name] = "shop", [Hash] = Sha256(Key), [setting] = value };

        var error = await KestrelHost.FailToStartAsync<OptionsValidationException>([.. settings.Select(one => (one.Key, one.Value))]);

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Disabled_404()
    {
        await using var host = new TestHost(("OnnxChat:OpenAI:Enabled", "false"));
        using var http = host.CreateClient();

        using var models = await GetAsync(host, null);
        using var completion = await http.PostAsync("/v1/chat/completions", null, Cancelled);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (models.StatusCode, completion.StatusCode));
    }

    private static async Task<HttpResponseMessage> GetAsync(TestHost host, string? authorization)
    {
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await http.SendAsync(request, Cancelled);
    }

    private static string Sha256(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
