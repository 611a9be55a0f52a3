using OnnxChat.BotHost.Page;

namespace OnnxChat.BotHost.Desk;

/// <summary>The desk's files: HTML, one stylesheet, scripts; nothing inline, nothing from elsewhere.</summary>
internal static class DeskPage
{
    public const string Folder = "desk/";
    public const string Html = "desk.html";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IResult Serve(HttpContext context, string name, PageFiles files)
    {
        if (files.Find(Folder + name) is not { } file)
            return Results.NotFound();

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-cache";
        var (bytes, _, tag) = file.For([]);
        return Results.Bytes(bytes, file.ContentType, entityTag: tag);
    }
}
