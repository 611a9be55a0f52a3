using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using OnnxChat.BotHost.Page;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Page;

public sealed partial class PageTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_Page_HasTheNameAndAStrictPolicy()
    {
        using var host = new TestHost(("OnnxChat:Bot:Name", "Trail & Haven"));
        using var http = host.CreateClient();

        using var response = await http.GetAsync("/", Cancelled);
        var html = await response.Content.ReadAsStringAsync(Cancelled);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("<title>Trail &amp; Haven</title>", html);
        Assert.DoesNotContain("{{", html);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Contains($"'nonce-{Nonce().Match(html).Groups[1].Value}'", policy);
        Assert.DoesNotMatch("<script(?![^>]*src=)", html);
        Assert.DoesNotMatch("(?i)(src|href)=\"(https?:)?//", html);
    }

    [Fact]
    public async Task Get_PageTwice_HasAnotherNonce()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();

        var first = Nonce().Match(await http.GetStringAsync("/", Cancelled)).Groups[1].Value;
        var second = Nonce().Match(await http.GetStringAsync("/", Cancelled)).Groups[1].Value;

        Assert.NotEqual("", first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Get_EachFileThePageNames_IsServedAsWhatItIs()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();
        var html = await http.GetStringAsync("/", Cancelled);
        var files = Reference().Matches(html).Select(match => match.Groups[1].Value).Append("typing.svg").ToList();
        Assert.Contains(files, file => file.EndsWith("webchat.js", StringComparison.Ordinal));

        foreach (var file in files)
        {
            using var response = await http.GetAsync("/" + file, Cancelled);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal(
                Path.GetExtension(file) switch { ".js" => "text/javascript", ".css" => "text/css", _ => "image/svg+xml" },
                response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Get_Bundle_IsCompressedAndKeptForever(string encoding)
    {
        using var host = new TestHost();
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, await BundleAsync(http));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));

        using var response = await http.SendAsync(request, Cancelled);
        var body = await response.Content.ReadAsByteArrayAsync(Cancelled);

        Assert.Equal(encoding, Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.InRange(body.Length, 100_000, 1_500_000);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString());
        Assert.Equal("Accept-Encoding", Assert.Single(response.Headers.Vary));
    }

    [Fact]
    public async Task Get_BundleThatTheBrowserHas_304()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();
        var bundle = await BundleAsync(http);
        using var first = await http.GetAsync(bundle, Cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Get, bundle);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/index.html")]
    [InlineData("/appsettings.json")]
    [InlineData("/../appsettings.json")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/nothing.js")]
    public async Task Get_NotOfThePage_404(string path)
    {
        using var host = new TestHost();
        using var http = host.CreateClient();

        using var response = await http.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task Get_DirectLineDisabled_NoPageAndNoTokens()
    {
        using var host = new TestHost(("OnnxChat:DirectLine:Enabled", "false"));
        using var http = host.CreateClient();

        using var page = await http.GetAsync("/", Cancelled);
        using var token = await http.PostAsync("/v3/directline/tokens/generate", null, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, token.StatusCode);
    }

    [Fact]
    public void Texts_EachLanguage_HasTheSameKeys()
    {
        var texts = File.ReadAllText(Path.Combine(PageFiles.Folder, "texts.js"));
        var languages = texts.Split("'zh-Hans': {");

        Assert.Equal(2, languages.Length);
        Assert.Equal(Keys(languages[0]), Keys(languages[1]));
    }

    private static List<string> Keys(string texts) => [.. Key().Matches(texts).Select(match => match.Groups[1].Value)];

    private static async Task<string> BundleAsync(HttpClient http) =>
        "/" + Reference().Matches(await http.GetStringAsync("/", Cancelled)).Select(match => match.Groups[1].Value).Single(file => file.EndsWith("webchat.js", StringComparison.Ordinal));

    [GeneratedRegex("nonce=\"([^\"]+)\"")]
    private static partial Regex Nonce();

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^    (\w+): '", RegexOptions.Multiline)]
    private static partial Regex Key();
}
