using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace OnnxChat.EndToEnd.Browser;

/// <summary>A page, and all that a careful customer would object to in it.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _objections = [];

    private WatchedPage(IBrowserContext context, IPage page, Uri address)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => ObjectIf(message.Type == "error", "console: " + message.Text);
        page.PageError += (_, error) => ObjectIf(true, "script: " + error);
        page.Request += (_, request) => ObjectIf(IsElsewhere(request.Url), "request: " + request.Url);
        page.WebSocket += (_, socket) => ObjectIf(IsElsewhere(socket.Url), "socket: " + socket.Url);

        bool IsElsewhere(string url) => new Uri(url) is { Scheme: not ("data" or "blob") } to && to.Authority != address.Authority;
    }

    public IPage Page { get; }

    /// <summary>Console errors (violations of the content security policy are among them), script errors, requests to other hosts.</summary>
    public IReadOnlyCollection<string> Objections => _objections;

    public static async Task<WatchedPage> OpenAsync(IBrowserContext context, Uri address)
    {
        var page = await context.NewPageAsync();
        var watched = new WatchedPage(context, page, address);
        await page.GotoAsync(address.ToString());
        return watched;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void ObjectIf(bool bad, string what)
    {
        if (bad)
            _objections.Enqueue(what);
    }
}
