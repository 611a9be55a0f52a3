using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Security;

public sealed class SecurityHeadersTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/chat.js")]
    [InlineData("GET", "/desk")]
    [InlineData("GET", "/healthz")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/v1/models")]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/api/messages")]
    [InlineData("POST", "/v3/directline/tokens/generate")]
    [InlineData("POST", "/v3/directline/conversations")]
    [InlineData("POST", "/mcp")]
    [InlineData("OPTIONS", "/v3/directline/tokens/generate")]
    public async Task AnyPath_AnyStatus_HasTheHeaders(string method, string path)
    {
        using var host = new TestHost();
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await http.SendAsync(request, Cancelled);

        AssertGuarded(response);
    }

    [Fact]
    public async Task AnyPath_EndpointThrows_ProblemWithTheHeadersAndNothingOfTheFailure()
    {
        await using var host = await FailingHostAsync(new InvalidOperationException("inner detail"));
        using var http = host.GetTestClient();

        using var response = await http.GetAsync("/fails", Cancelled);
        var body = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("inner detail", body);
        AssertGuarded(response);
    }

    [Fact]
    public async Task AnyPath_RequestIsBad_KeepsItsStatus()
    {
        await using var host = await FailingHostAsync(new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge));
        using var http = host.GetTestClient();

        using var response = await http.GetAsync("/fails", Cancelled);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        AssertGuarded(response);
    }

    [Theory]
    [InlineData("/", "microphone=(self)")]
    [InlineData("/desk", "microphone=()")]
    [InlineData("/chat.js", "microphone=()")]
    [InlineData("/nothing", "microphone=()")]
    public async Task PermissionsPolicy_MicrophoneForThePageOnly(string path, string microphone)
    {
        using var host = new TestHost();
        using var http = host.CreateClient();

        using var response = await http.GetAsync(path, Cancelled);

        var policy = Assert.Single(response.Headers.GetValues("Permissions-Policy"));
        Assert.StartsWith(microphone, policy, StringComparison.Ordinal);
        Assert.Contains("camera=(), geolocation=(), payment=(), usb=()", policy);
    }

    [Theory]
    [InlineData("https://bot.example.com", true)]
    [InlineData("http://bot.example.com", false)]
    [InlineData("https://localhost", false)]
    [InlineData("https://127.0.0.1", false)]
    [InlineData("https://[::1]", false)]
    public async Task StrictTransportSecurity_HttpsBeyondThisMachine_IsThere(string address, bool expected)
    {
        using var host = new TestHost();
        using var http = host.CreateClient();
        http.BaseAddress = new Uri(address);

        using var response = await http.GetAsync("/healthz", Cancelled);

        Assert.Equal(expected ? ["max-age=31536000"] : [], response.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values : []);
    }

    [Fact]
    public async Task Kestrel_MalformedRequestAndAnswer_NamesNoServer()
    {
        using var logs = new RecordingLoggerProvider();
        await using var host = KestrelHost.Create(logs, _ => { }, "--urls=http://127.0.0.1:0");
        await host.StartAsync(Cancelled);
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };

        using var response = await http.PostAsJsonAsync("/api/messages", new { }, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("X-Powered-By"));
        AssertGuarded(response);
    }

    private static void AssertGuarded(HttpResponseMessage response)
    {
        Assert.Equal("nosniff", Value(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Value(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Value(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Value(response, "Cross-Origin-Resource-Policy"));
        Assert.StartsWith("default-src 'none'", Value(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.StartsWith("microphone=(", Value(response, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.NotNull(response.Headers.CacheControl);
    }

    private static string Value(HttpResponseMessage response, string header) => Assert.Single(response.Headers.GetValues(header));

    private static async Task<WebApplication> FailingHostAsync(Exception failure)
    {
        using var logs = new RecordingLoggerProvider();
        var host = KestrelHost.Create(logs, builder => builder.WebHost.UseTestServer());
        host.MapGet("/fails", IResult () => throw failure);
        await host.StartAsync(Cancelled);
        return host;
    }
}
