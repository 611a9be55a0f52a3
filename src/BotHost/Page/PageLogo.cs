using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Page;

/// <summary>The company's mark on the page.</summary>
internal sealed class PageLogo
{
    public const int MaxBytes = 262_144;
    public const string Address = "logo";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".webp"] = "image/webp",
    };

    public PageLogo(IOptions<PageOptions> options, IHostEnvironment environment)
    {
        if (options.Value.Logo is not { Length: > 0 } logo)
            return;
        var path = PathOf(logo, environment);
        File = new PageFile(System.IO.File.ReadAllBytes(path), Types[Path.GetExtension(path)]);
    }

    /// <summary>The image, or null where the page's own mark stands.</summary>
    public PageFile? File { get; }

    public static string PathOf(string logo, IHostEnvironment environment) => Path.GetFullPath(logo, environment.ContentRootPath);

    /// <returns>Why that file cannot be the mark, or null.</returns>
    public static string? Problem(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return $"there is no file {path}.";
        if (!Types.ContainsKey(file.Extension))
            return $"{path} is no image that browsers show. Use one of {string.Join(", ", Types.Keys)}.";
        return file.Length <= MaxBytes ? null : $"{path} has {file.Length:N0} bytes; at most {MaxBytes:N0} are served. Make it smaller.";
    }
}
