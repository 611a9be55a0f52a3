using System.Net;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Page;

public sealed class EmbedTests
{
    private const string Site = "https://www.shop.example";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_EmbedScript_MayBeLoadedByOtherSitesAndHasTheName()
    {
        using var host = new TestHost(("OnnxChat:Page:AllowedOrigins:0", Site), ("OnnxChat:Bot:Name", "Trail \"&\" </script>"));
        using var http = host.CreateClient();

        using var response = await http.GetAsync("/embed.js", Cancelled);
        var script = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal("text/javascript", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("cross-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("""{"name":"Trail \u0022\u0026\u0022 \u003C/script\u003E","light":"#2456d6","dark":"#""", script);
        Assert.DoesNotContain("{{", script);
    }

    [Fact]
    public async Task Get_EmbedScriptWithoutAllowedSites_404()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();

        using var response = await http.GetAsync("/embed.js", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(null, "frame-ancestors 'self'")]
    [InlineData(Site, "frame-ancestors 'self' https://www.shop.example")]
    public async Task Get_Page_MayBeFramedByTheAllowedSitesOnly(string? site, string expected)
    {
        using var host = site is null ? new TestHost() : new TestHost(("OnnxChat:Page:AllowedOrigins:0", site));
        using var http = host.CreateClient();

        using var response = await http.GetAsync("/", Cancelled);

        Assert.EndsWith(expected, Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Site, true)]
    [InlineData("https://a.partner.example", true)]
    [InlineData("https://partner.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://www.shop.example", false)]
    public async Task Options_DirectLine_LetsTheAllowedSitesIn(string origin, bool isAllowed)
    {
        using var host = new TestHost(("OnnxChat:Page:AllowedOrigins:0", Site), ("OnnxChat:Page:AllowedOrigins:1", "https://*.partner.example"));
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v3/directline/conversations");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");

        using var response = await http.SendAsync(request, Cancelled);

        Assert.Equal(isAllowed, response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        if (isAllowed)
            Assert.Equal(origin, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("/api/messages")]
    [InlineData("/desk/api/conversations")]
    public async Task Options_ElsewhereOnTheHost_LetsNoSiteIn(string path)
    {
        using var host = new TestHost(("OnnxChat:Page:AllowedOrigins:0", Site));
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", Site);
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using var response = await http.SendAsync(request, Cancelled);

        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
