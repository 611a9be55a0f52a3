using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Desk;

namespace OnnxChat.BotHost.Page;

internal static class PageEndpoints
{
    // Web Chat's folder carries its version, so a new version has a new address.
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskFirst = "no-cache";
    private const string VersionedFolder = "webchat/";
    private const string CrossOriginResourcePolicy = "Cross-Origin-Resource-Policy";

    private static readonly string[] Templates = [IndexPage.Template, EmbedScript.Template];

    /// <summary>The Web Chat page at <c>/</c> and its files, and the script for other sites where there are such.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<DirectLineOptions>>().Value.Enabled)
            return;

        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/", read, (HttpContext context, IndexPage page) => page.Render(context));
        if (routes.ServiceProvider.GetRequiredService<PageLogo>().File is { } logo)
            routes.MapMethods("/" + PageLogo.Address, read, (HttpContext context) => Send(context, logo, AskFirst));
        if (routes.ServiceProvider.GetRequiredService<IOptions<PageOptions>>().Value.AllowedOrigins.Length > 0)
            routes.MapMethods("/" + EmbedScript.Template, read, Embed);
        // One by one: a route for every path would have those too that are switched off.
        var files = routes.ServiceProvider.GetRequiredService<PageFiles>();
        foreach (var path in files.Paths.Where(IsOpen))
            routes.MapMethods("/" + path, read, (HttpContext context) => Send(context, files.Find(path)!, path.StartsWith(VersionedFolder, StringComparison.Ordinal) ? Forever : AskFirst));
    }

    // The desk's files have a door of their own.
    private static bool IsOpen(string path) => !Templates.Contains(path) && !path.StartsWith(DeskPage.Folder, StringComparison.Ordinal);

    private static IResult Embed(HttpContext context, EmbedScript script)
    {
        // Scripts of other sites are loaded without asking; the page behind it says whose frames it shows in.
        context.Response.Headers[CrossOriginResourcePolicy] = "cross-origin";
        return Send(context, script.File, AskFirst);
    }

    private static IResult Send(HttpContext context, PageFile file, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        var (bytes, encoding, tag) = file.For(context.Request.GetTypedHeaders().AcceptEncoding);
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        return Results.Bytes(bytes, file.ContentType, entityTag: tag);
    }
}
