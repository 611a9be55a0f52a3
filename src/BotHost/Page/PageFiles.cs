using Microsoft.AspNetCore.StaticFiles;

namespace OnnxChat.BotHost.Page;

/// <summary>The files of the Web Chat page, read once from the program's own folder: they are part of the program.</summary>
internal sealed class PageFiles
{
    private readonly Dictionary<string, PageFile> _files = new(StringComparer.Ordinal);

    public PageFiles()
    {
        var types = new FileExtensionContentTypeProvider();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Folder, file).Replace('\\', '/');
            var type = types.TryGetContentType(file, out var known) ? known : "application/octet-stream";
            _files[path] = new PageFile(File.ReadAllBytes(file), type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type);
        }
    }

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Their paths below <see cref="Folder"/>, with forward slashes.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    public PageFile? Find(string path) => _files.GetValueOrDefault(path);
}
