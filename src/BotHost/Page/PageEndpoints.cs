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

    /// <summary>The Web Chat page at <c>/</c> and its files.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<DirectLineOptions>>().Value.Enabled)
            return;

        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/", read, (HttpContext context, IndexPage page) => page.Render(context));
        routes.MapMethods("/{**path}", read, Serve);
    }

    private static IResult Serve(HttpContext context, string path, PageFiles files)
    {
        // The desk's files have a door of their own.
        if (path == IndexPage.Template || path.StartsWith(DeskPage.Folder, StringComparison.OrdinalIgnoreCase) || files.Find(path) is not { } file)
            return Results.NotFound();

        var headers = context.Response.Headers;
        headers.CacheControl = path.StartsWith(VersionedFolder, StringComparison.Ordinal) ? Forever : AskFirst;
        headers.Vary = HeaderNames.AcceptEncoding;
        var (bytes, encoding, tag) = file.For(context.Request.GetTypedHeaders().AcceptEncoding);
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        return Results.Bytes(bytes, file.ContentType, entityTag: tag);
    }
}
