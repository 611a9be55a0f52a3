using System.ComponentModel.DataAnnotations;

namespace OnnxChat.BotHost.Page;

/// <summary>How the Web Chat page looks, and which sites show it. Configuration section <c>OnnxChat:Page</c>; checked at start.</summary>
internal sealed class PageOptions
{
    public const string Section = "OnnxChat:Page";

    /// <summary>The company's colour. The page takes a darker or lighter one of it where it could not be read.</summary>
    /// <value><c>#rrggbb</c>. Default: the page's own blue.</value>
    [RegularExpression("^#[0-9a-fA-F]{6}$", ErrorMessage = Section + ":Accent is not a colour. Write it as #rrggbb, such as #0b6e4f.")]
    public string? Accent { get; set; }

    /// <summary>The company's mark, instead of the page's own: an image file, read at start.</summary>
    /// <value>A path, from the host's content root if it is relative; svg, png, jpg or webp, at most 262,144 bytes. Default: none.</value>
    public string? Logo { get; set; }

    /// <summary>The sites that may show the page in a frame, and call Direct Line from their own scripts.</summary>
    /// <value>Origins such as <c>https://shop.example</c> or <c>https://*.shop.example</c>; http for this machine only. Default: none.</value>
    public string[] AllowedOrigins { get; set; } = [];
}
