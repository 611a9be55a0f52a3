using System.Text.Json;
using Microsoft.Playwright;
using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.Browser;

/// <summary>The pages before the rules of axe, in each form that they have.</summary>
public sealed class AccessibilityTests(StarterHost host, ChromiumBrowser browser)
{
    private const int Wide = 900;
    private const int Phone = 390;

    [Theory]
    [InlineData(ColorScheme.Light, Wide)]
    [InlineData(ColorScheme.Dark, Wide)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Phone)]
    public async Task Axe_ChatWithAReply_HasNoSeriousFinding(ColorScheme scheme, int width)
    {
        var axe = Requires.Axe();
        await using var context = await NewContextAsync(scheme, width);
        var page = await context.NewPageAsync();
        await page.GotoAsync(host.Address.ToString());
        var chat = new HostPage(page).Chat;
        await chat.ReplyAsync(0);
        await chat.AskAsync("hello");
        await chat.ReplyAsync(1);

        Assert.Empty(await SeriousFindingsAsync(page, axe));
    }

    [Theory]
    [InlineData(ColorScheme.Light, Wide)]
    [InlineData(ColorScheme.Dark, Wide)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Phone)]
    public async Task Axe_DeskWithAConversation_HasNoSeriousFinding(ColorScheme scheme, int width)
    {
        var axe = Requires.Axe();
        await using var context = await NewContextAsync(scheme, width);
        var customer = await context.NewPageAsync();
        await customer.GotoAsync(host.Address.ToString());
        var chat = new HostPage(customer).Chat;
        await chat.ReplyAsync(0);
        await chat.AskAsync("can i talk to a person");
        await chat.ReplyAsync(1);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/desk").ToString());
        await page.Locator("#list button").First.ClickAsync();
        await page.Locator("#transcript li").First.WaitForAsync();

        Assert.Empty(await SeriousFindingsAsync(page, axe));
    }

    [Fact]
    public async Task Axe_PageWithAFault_FindsIt()
    {
        var axe = Requires.Axe();
        await using var context = await NewContextAsync(ColorScheme.Light, Wide);
        var page = await context.NewPageAsync();
        await page.GotoAsync(host.Address.ToString());
        await page.EvaluateAsync("document.querySelector('header').style.color = '#ddd'; document.getElementById('again').textContent = ''");

        Assert.Contains(await SeriousFindingsAsync(page, axe), finding => finding.StartsWith("button-name", StringComparison.Ordinal));
    }

    // The page's own policy would keep axe out.
    private Task<IBrowserContext> NewContextAsync(ColorScheme scheme, int width) => browser.NewContextAsync(new()
    {
        Locale = "en-US",
        BypassCSP = true,
        ColorScheme = scheme,
        ViewportSize = new() { Width = width, Height = 700 },
    });

    /// <returns>Rule and element of each finding that is serious or critical.</returns>
    private static async Task<List<string>> SeriousFindingsAsync(IPage page, string axe)
    {
        await page.AddScriptTagAsync(new() { Path = axe });
        var result = await page.EvaluateAsync<JsonElement>("axe.run()");
        return
        [
            .. from violation in result.GetProperty("violations").EnumerateArray()
               where violation.GetProperty("impact").GetString() is "serious" or "critical"
               from node in violation.GetProperty("nodes").EnumerateArray()
               select $"{violation.GetProperty("id").GetString()}: {node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()}",
        ];
    }
}
