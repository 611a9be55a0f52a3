using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Page;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Page;

public sealed partial class PageLookTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("#0b6e4f")]
    [InlineData("#ffd400")]
    [InlineData("#000000")]
    [InlineData("#ff0000")]
    public async Task Get_PageWithAnAccent_HasItWhereItCanBeRead(string accent)
    {
        using var host = new TestHost(("OnnxChat:Page:Accent", accent));
        using var http = host.CreateClient();

        var accents = Accents().Matches(await http.GetStringAsync("/", Cancelled));

        // Light, then dark; each as text on its page and under its own text.
        Assert.Equal(2, accents.Count);
        string[] surfaces = ["#ffffff", "#16181d"];
        foreach (var (match, surface) in accents.Zip(surfaces))
        {
            var colour = Colour.Parse(match.Groups[1].Value);
            Assert.True(colour.Contrast(Colour.Parse(surface)) >= Colour.Readable, match.Value);
            Assert.True(colour.Contrast(Colour.Parse(match.Groups[2].Value)) >= Colour.Readable, match.Value);
        }
    }

    [Fact]
    public void Theme_NoAccent_IsThatOfTheStylesheet()
    {
        var css = File.ReadAllText(Path.Combine(PageFiles.Folder, "chat.css"));
        var theme = new PageTheme(Options.Create(new PageOptions()));

        Assert.Equal("", theme.Css);
        Assert.Contains($"--accent: {theme.Light};", css, StringComparison.Ordinal);
        foreach (var surface in DarkSurface().Matches(css[css.IndexOf("dark", StringComparison.Ordinal)..]).Take(4).Select(match => Colour.Parse(match.Groups[1].Value)))
            Assert.True(theme.Dark.Contrast(surface) >= Colour.Readable);
    }

    [Fact]
    public async Task Get_PageWithALogo_ShowsIt()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["mark.svg"], "<svg xmlns='http://www.w3.org/2000/svg'/>", Cancelled);
        using var host = new TestHost(("OnnxChat:Page:Logo", folder["mark.svg"]));
        using var http = host.CreateClient();

        var html = await http.GetStringAsync("/", Cancelled);
        using var logo = await http.GetAsync("/logo", Cancelled);

        Assert.Contains("<img class=\"mark\" src=\"logo\" alt=\"\">", html);
        Assert.Contains("<link rel=\"icon\" href=\"logo\" type=\"image/svg+xml\">", html);
        Assert.Equal("image/svg+xml", logo.Content.Headers.ContentType!.ToString());
        Assert.Contains("default-src 'none'", Assert.Single(logo.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task Get_NoLogo_HasTheOwnMarkAndNoAddressForIt()
    {
        using var host = new TestHost();
        using var http = host.CreateClient();

        using var logo = await http.GetAsync("/logo", Cancelled);

        Assert.Contains("<svg class=\"mark\"", await http.GetStringAsync("/", Cancelled));
        Assert.Equal(HttpStatusCode.NotFound, logo.StatusCode);
    }

    [Theory]
    [InlineData("Accent", "blue", "Accent is not a colour. Write it as #rrggbb")]
    [InlineData("Logo", "/no/such/mark.png", "there is no file")]
    [InlineData("AllowedOrigins:0", "shop.example", "'shop.example', which is no origin")]
    public async Task Start_BadSetting_SaysWhichAndTheRemedy(string key, string value, string reason)
    {
        var error = await KestrelHost.FailToStartAsync<OptionsValidationException>(("OnnxChat:Page:" + key, value));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_LogoThatIsNoImageOrTooLarge_SaysWhich()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["mark.html"], "<p>mark</p>");
        File.WriteAllBytes(folder["mark.png"], new byte[PageLogo.MaxBytes + 1]);

        Assert.Contains("no image that browsers show", PageLogo.Problem(folder["mark.html"]));
        Assert.Contains("262,145 bytes; at most 262,144", PageLogo.Problem(folder["mark.png"]));
    }

    [GeneratedRegex("--accent:(#[0-9a-f]{6});--on-accent:(#[0-9a-f]{6})")]
    private static partial Regex Accents();

    [GeneratedRegex("--(?:page|surface|field|bot): (#[0-9a-f]{6});")]
    private static partial Regex DarkSurface();
}
