using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot;

namespace OnnxChat.BotHost.Page;

/// <summary>The page's HTML, with the bot's name and a nonce of this one response: styles that Web Chat adds carry it, others do nothing.</summary>
internal sealed class IndexPage(IOptions<BotOptions> bot)
{
    public const string Template = "index.html";

    private readonly string _html = File.ReadAllText(Path.Combine(PageFiles.Folder, Template))
        .Replace("{{name}}", HtmlEncoder.Default.Encode(bot.Value.Name), StringComparison.Ordinal);

    public IResult Render(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.ContentSecurityPolicy = Policy(nonce);
        return Results.Content(_html.Replace("{{nonce}}", nonce, StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    private static string Policy(string nonce) => string.Join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        // The hash is that of an empty style, which Web Chat writes into an element's markup.
        $"style-src 'self' 'nonce-{nonce}' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' blob: data:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'");
}
