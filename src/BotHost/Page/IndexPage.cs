using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot;
using OnnxChat.BotHost.Security;

namespace OnnxChat.BotHost.Page;

/// <summary>The page's HTML, in the company's name and colours, with a nonce of this one response: styles that Web Chat adds carry it, others do nothing.</summary>
internal sealed class IndexPage(IOptions<BotOptions> bot, IOptions<PageOptions> page, PageTheme theme, PageLogo logo)
{
    public const string Template = "index.html";

    private const string OwnMark =
        """<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9"/><path d="M9 10.5h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7l-4.6 3.6V21.5H9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z"/></svg>""";

    private readonly string _html = File.ReadAllText(Path.Combine(PageFiles.Folder, Template))
        .Replace("{{name}}", HtmlEncoder.Default.Encode(bot.Value.Name), StringComparison.Ordinal)
        .Replace("{{theme}}", theme.Css, StringComparison.Ordinal)
        .Replace("{{icon}}", logo.File is null ? "icon.svg" : PageLogo.Address, StringComparison.Ordinal)
        .Replace("{{icon-type}}", logo.File?.ContentType ?? "image/svg+xml", StringComparison.Ordinal)
        .Replace("{{mark}}", logo.File is null ? OwnMark : $"""<img class="mark" src="{PageLogo.Address}" alt="">""", StringComparison.Ordinal);

    private readonly string _frameAncestors = string.Join(' ', ["'self'", .. page.Value.AllowedOrigins]);

    public IResult Render(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.ContentSecurityPolicy = Policy(nonce);
        context.Response.Headers[SecurityHeaders.PermissionsPolicy] = SecurityHeaders.MicrophoneOnly;
        return Results.Content(_html.Replace("{{nonce}}", nonce, StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    private string Policy(string nonce) => string.Join(
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
        $"frame-ancestors {_frameAncestors}");
}
