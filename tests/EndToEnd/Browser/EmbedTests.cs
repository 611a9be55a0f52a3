using Microsoft.Playwright;
using OnnxChat.EndToEnd.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Browser;

/// <summary>The chat on a company's own site, which is another origin than the host's.</summary>
public sealed class EmbedTests(ChromiumBrowser browser)
{
    // The browser is given the site's page by the test; nothing listens there.
    private const string Site = "http://localhost:4";

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "manifests", "webchat", "index.html"));

    [Fact]
    public async Task Open_OnAnAllowedSite_AnswersInTheFrame()
    {
        Requires.Chromium();
        await using var host = await HostProcess.StartAsync(HostProcess.FreePort, TestContext.Current.CancellationToken, $"--OnnxChat:Page:AllowedOrigins:0={Site}");
        await using var context = await browser.NewContextAsync(new() { Locale = "en-US" });
        var (page, errors) = await OpenAsync(context, host.Address);
        var conversation = StarterConversation.About("怎么退货？");

        await page.GetByRole(AriaRole.Button, new() { Name = "Chat with us" }).ClickAsync();
        var frame = page.FrameLocator("iframe");
        // Web Chat drops what is sent before it has its conversation.
        await Assertions.Expect(frame.Locator(".webchat__bubble:not(.webchat__bubble--from-user)").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await frame.Locator("[data-id='webchat-sendbox-input']").ClickAsync();
        await page.Keyboard.TypeAsync(conversation.Question);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(frame.Locator(".webchat__bubble:not(.webchat__bubble--from-user) .webchat__text-content").Nth(1))
            .ToHaveTextAsync(conversation.Reply, new() { UseInnerText = true, Timeout = 15_000 });
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Open_WithTheKeyboard_OpensAndCloses()
    {
        Requires.Chromium();
        await using var host = await HostProcess.StartAsync(HostProcess.FreePort, TestContext.Current.CancellationToken, $"--OnnxChat:Page:AllowedOrigins:0={Site}");
        await using var context = await browser.NewContextAsync(new() { Locale = "zh-CN" });
        var (page, _) = await OpenAsync(context, host.Address, Page.Replace("lang=\"en\"", "lang=\"zh\"", StringComparison.Ordinal));
        var button = page.GetByRole(AriaRole.Button, new() { Name = "在线咨询" });

        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-expanded", "true");
        await Assertions.Expect(page.Locator("iframe")).ToBeVisibleAsync();
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
        await Assertions.Expect(page.Locator("iframe")).ToBeHiddenAsync();
        await Assertions.Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Open_OnAnotherSite_ShowsNothing()
    {
        Requires.Chromium();
        await using var host = await HostProcess.StartAsync(HostProcess.FreePort, TestContext.Current.CancellationToken, "--OnnxChat:Page:AllowedOrigins:0=https://shop.example");
        await using var context = await browser.NewContextAsync(new() { Locale = "en-US" });
        var (page, errors) = await OpenAsync(context, host.Address);

        var refused = page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Chat with us" }).ClickAsync();
        await refused;

        await Assertions.Expect(page.FrameLocator("iframe").Locator("#webchat")).ToHaveCountAsync(0);
        Assert.NotEmpty(errors);
    }

    /// <summary>Opens the example page of <c>manifests/webchat</c> as a site with a strict policy of its own would serve it.</summary>
    private static async Task<(IPage Page, List<string> Errors)> OpenAsync(IBrowserContext context, Uri host, string? html = null)
    {
        var address = host.ToString().TrimEnd('/');
        await context.RouteAsync($"{Site}/**", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = (html ?? Page).Replace("https://bot.example.com", address, StringComparison.Ordinal),
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = $"default-src 'none'; script-src {address}; frame-src {address}; style-src 'none'; require-trusted-types-for 'script'" },
        }));
        var page = await context.NewPageAsync();
        List<string> errors = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("favicon", StringComparison.Ordinal))
                errors.Add(message.Text);
        };
        await page.GotoAsync(Site + "/");
        return (page, errors);
    }
}
