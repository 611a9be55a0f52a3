using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Teams;

/// <summary>The zip file that a Teams administrator uploads: manifest, its Chinese texts, two icons.</summary>
internal static class TeamsPackage
{
    private const string Resources = "OnnxChat.ModelTools.Teams.";

    private static readonly string[] Texts = ["manifest.json", "zh.json"];
    private static readonly string[] Icons = ["color.png", "outline.png"];

    // The same app gives the same bytes.
    private static readonly DateTimeOffset EntryTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes the package; it appears when it is complete.</summary>
    /// <param name="app">What it says.</param>
    /// <param name="output">The zip file; one that is there is replaced.</param>
    /// <exception cref="UserException">The file cannot be written.</exception>
    public static void Write(TeamsApp app, string output)
    {
        var target = Path.GetFullPath(output);
        var temporary = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            using (var zip = ZipFile.Open(temporary, ZipArchiveMode.Create))
            {
                foreach (var name in Texts)
                    Add(zip, name, JsonSerializer.SerializeToUtf8Bytes(Fill(JsonNode.Parse(Resource(name))!, app), Json));
                foreach (var name in Icons)
                    Add(zip, name, Resource(name));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{target} could not be written: {e.Message} Give a file in a folder that is there and may be written to.", e);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Puts the app's values in the places of a template's strings, so that none can change its form.</summary>
    private static JsonNode Fill(JsonNode node, TeamsApp app)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                    members[name] = value is null ? null : Fill(value.DeepClone(), app);
                return members;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => item is null ? null : Fill(item.DeepClone(), app))]);
            default:
                return node.GetValueKind() == JsonValueKind.String ? JsonValue.Create(Fill((string)node!, app)) : node;
        }
    }

    private static string Fill(string text, TeamsApp app) => text
        .Replace("{app_id}", app.AppId.ToString(), StringComparison.Ordinal)
        .Replace("{domain}", app.Domain, StringComparison.Ordinal)
        .Replace("{version}", app.Version, StringComparison.Ordinal)
        .Replace("{website}", app.Website, StringComparison.Ordinal)
        .Replace("{privacy}", app.Privacy, StringComparison.Ordinal)
        .Replace("{terms}", app.Terms, StringComparison.Ordinal)
        .Replace("{accent}", app.Accent, StringComparison.Ordinal)
        .Replace("{developer}", app.Developer, StringComparison.Ordinal)
        .Replace("{name}", app.Name, StringComparison.Ordinal);

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
}
