using Microsoft.Playwright;
using OnnxChat.EndToEnd.Browser;

[assembly: AssemblyFixture(typeof(ChromiumBrowser))]

namespace OnnxChat.EndToEnd.Browser;

/// <summary>The machine's own Chromium, one process for all tests; each gets a context for itself.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    // No sandbox: a container's root has none. A site that a test makes up has no address, so it would count as one of the
    // internet that reaches for this machine. The rest keeps the browser from calling its maker.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-features=LocalNetworkAccessChecks",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (InstalledPrograms.Chromium is not { } path)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page with nothing of another's in it.</summary>
    internal async Task<WatchedPage> OpenAsync(Uri address, string locale = "en-US", int width = 900, int height = 700) =>
        await WatchedPage.OpenAsync(await NewContextAsync(new() { Locale = locale, ViewportSize = new() { Width = width, Height = height } }), address);

    /// <summary>A context with nothing of another's in it.</summary>
    internal async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        Requires.Chromium();
        var context = await _browser!.NewContextAsync(options);
        // No request leaves the machine, whichever page makes it.
        await context.RouteAsync(url => !new Uri(url).IsLoopback, route => route.AbortAsync());
        return context;
    }
}
