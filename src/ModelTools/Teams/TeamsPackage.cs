using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Teams;

/// <summary>The zip file that a Teams administrator uploads: manifest, its Chinese texts, two icons.</summary>
internal static partial class TeamsPackage
{
    private const string Resources = "OnnxChat.ModelTools.Teams.";

    private static readonly string[] Texts = ["manifest.json", "zh.json"];
    private static readonly string[] Icons = ["color.png", "outline.png"];

    // The same app gives the same bytes.
    private static readonly DateTimeOffset EntryTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the package; it appears when it is complete.</summary>
    /// <param name="app">What it says.</param>
    /// <param name="output">The zip file; one that is there is replaced.</param>
    /// <exception cref="UserException">The file cannot be written.</exception>
    public static void Write(TeamsApp app, string output) => WholeFile.WriteChosen(output, partial =>
    {
        using var zip = ZipFile.Open(partial, ZipArchiveMode.Create);
        foreach (var name in Texts)
            Add(zip, name, Encoding.UTF8.GetBytes(Fill(Encoding.UTF8.GetString(Resource(name)), app)));
        foreach (var name in Icons)
            Add(zip, name, Resource(name));
    });

    /// <summary>Puts the app's values, as JSON writes them, in the places of a template.</summary>
    private static string Fill(string template, TeamsApp app) => Place().Replace(template, place => JsonEncodedText.Encode(
        place.Groups["name"].Value switch
        {
            "app_id" => app.AppId.ToString(),
            "domain" => app.Domain,
            "version" => app.Version,
            "website" => app.Website,
            "privacy" => app.Privacy,
            "terms" => app.Terms,
            "accent" => app.Accent,
            "developer" => app.Developer,
            "name" => app.Name,
            var other => throw new InvalidOperationException($"The template has a place {{{other}}}, which nothing fills."),
        },
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = EntryTime;
        using var stream = entry.Open();
        stream.Write(content);
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(TeamsPackage).Assembly.GetManifestResourceStream(Resources + name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    [GeneratedRegex(@"\{(?<name>[a-z_]+)\}")]
    private static partial Regex Place();
}
