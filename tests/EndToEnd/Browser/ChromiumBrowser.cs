using Microsoft.Playwright;
using OnnxChat.EndToEnd.Browser;

[assembly: AssemblyFixture(typeof(ChromiumBrowser))]

namespace OnnxChat.EndToEnd.Browser;

/// <summary>The machine's own Chromium, one process for all tests; each gets a context for itself.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    // No sandbox: a container's root has none. The rest keeps the browser from calling its maker.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
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
    internal async Task<WatchedPage> OpenAsync(Uri address, string locale = "en-US", int width = 900, int height = 700)
    {
        Requires.Chromium();
        var context = await _browser!.NewContextAsync(new() { Locale = locale, ViewportSize = new() { Width = width, Height = height } });
        // No request leaves the machine, whichever page makes it.
        await context.RouteAsync(url => !new Uri(url).IsLoopback, route => route.AbortAsync());
        return await WatchedPage.OpenAsync(context, address);
    }
}
