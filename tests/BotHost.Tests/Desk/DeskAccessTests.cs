using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Desk;

public sealed class DeskAccessTests
{
    private const string Key = "0123456789abcdef";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OnThisMachine_HasAStrictPolicyAndItsFiles()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();

        using var page = await http.GetAsync("/desk", Cancelled);
        var html = await page.Content.ReadAsStringAsync(Cancelled);

        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotMatch("<script(?![^>]*src=)", html);
        Assert.DoesNotMatch("(?i) (on[a-z]+|style)=", html);
        foreach (var file in (string[])["desk.css", "texts.js", "api.js", "desk.js"])
        {
            Assert.Contains($"desk/{file}", html);
            using var response = await http.GetAsync("/desk/" + file, Cancelled);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Host", "desk.example.org")]
    public async Task AnyPath_NotFromThisMachineItself_403(string header, string value)
    {
        using var host = new TestHost();

        Assert.All(await StatusesAsync(host, request => request.Headers.TryAddWithoutValidation(header, value)), status => Assert.Equal(HttpStatusCode.Forbidden, status));
    }

    [Fact]
    public async Task AnyPath_SaysThatItCameFromThisMachineAndTheHostTrustsProxies_403()
    {
        using var logs = new RecordingLoggerProvider();
        await using var host = KestrelHost.Create(logs, _ => { }, "--urls=http://127.0.0.1:0", "--ForwardedHeaders_Enabled=true");
        await host.StartAsync(Cancelled);
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");

        using var response = await http.GetAsync("/desk/api/conversations", Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("anyone:0123456789abcdeX", HttpStatusCode.Unauthorized)]
    [InlineData("0123456789abcdef", HttpStatusCode.Unauthorized)]
    [InlineData("anyone:0123456789abcdef", HttpStatusCode.OK)]
    public async Task AnyPath_WithAKey_NeedsIt(string? credentials, HttpStatusCode expected)
    {
        using var host = new TestHost(("OnnxChat:Desk:AccessKey", Key));

        var statuses = await StatusesAsync(host, request =>
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
            if (credentials is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        });

        Assert.All(statuses, status => Assert.Equal(expected, status));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task Post_FromAPageOfAnotherSite_403(string header, string value)
    {
        using var host = new TestHost();
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk/api/conversations/x/take") { Content = JsonContent.Create(new { person = "Ann" }) };
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Post_AForm_415()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();
        using var form = new FormUrlEncodedContent([new("person", "Ann")]);

        using var response = await http.PostAsync(new Uri("/desk/api/conversations/x/take", UriKind.Relative), form, Cancelled);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task AnyPath_DeskTurnedOff_404()
    {
        using var host = new TestHost(("OnnxChat:Desk:Enabled", "false"));

        Assert.All(await StatusesAsync(host, _ => { }), status => Assert.Equal(HttpStatusCode.NotFound, status));
    }

    private static async Task<List<HttpStatusCode>> StatusesAsync(TestHost host, Action<HttpRequestMessage> prepare)
    {
        using var http = host.CreateClient();
        List<HttpStatusCode> statuses = [];
        foreach (var path in (string[])["/desk", "/desk/desk.js", "/desk/api/conversations"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            prepare(request);
            using var response = await http.SendAsync(request, Cancelled);
            statuses.Add(response.StatusCode);
        }

        return statuses;
    }
}
