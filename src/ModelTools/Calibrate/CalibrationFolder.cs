using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxChat.Connector.Confidence;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.ModelTools.Calibrate;

/// <summary>
/// Puts a calibration into a model folder. The index has a name of its content, so that <c>onnxchat.json</c> always names
/// one that is there and that fits, wherever the program is stopped.
/// </summary>
internal static class CalibrationFolder
{
    private const string Prefix = "questions-";
    private const string Extension = ".index";
    private const int NameBytes = 4;

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
    };

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The name of an index's file.</summary>
    public static string NameOf(byte[] index) => Prefix + Convert.ToHexStringLower(SHA256.HashData(index).AsSpan(0, NameBytes)) + Extension;

    /// <summary>Writes the index, then <c>onnxchat.json</c>, and takes away the index of an earlier run.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="entry">The calibration.</param>
    /// <param name="index">The index's file; null for none.</param>
    /// <param name="topics">What the known questions are about; empty leaves what the folder says.</param>
    public static void Write(string folder, ConfidenceEntry entry, byte[]? index, IReadOnlyList<TopicEntry> topics)
    {
        if (index is not null)
            WholeFile.Write(Path.Combine(folder, entry.Index!), partial => File.WriteAllBytes(partial, index));

        var path = Path.Combine(folder, ModelManifest.FileName);
        var manifest = File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path), documentOptions: Lenient)!.AsObject() : new JsonObject { ["format_version"] = 1 };
        manifest["confidence"] = JsonSerializer.SerializeToNode(entry, Json);
        if (topics.Count > 0)
            manifest["topics"] = JsonSerializer.SerializeToNode(topics, Json);
        if (manifest["files"] is JsonObject files)
            UpdateHashes(files, entry.Index, index);
        WholeFile.Write(path, partial => File.WriteAllBytes(partial, [.. JsonSerializer.SerializeToUtf8Bytes(manifest, Json), (byte)'\n']));

        foreach (var old in Directory.GetFiles(folder, $"{Prefix}*{Extension}").Where(f => Path.GetFileName(f) != entry.Index))
            File.Delete(old);
    }

    private static void UpdateHashes(JsonObject files, string? name, byte[]? index)
    {
        foreach (var old in files.Select(f => f.Key).Where(f => f.StartsWith(Prefix, StringComparison.Ordinal) && f.EndsWith(Extension, StringComparison.Ordinal)).ToList())
            files.Remove(old);
        if (index is not null)
            files[name!] = new JsonObject { ["bytes"] = index.LongLength, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(index)) };
    }
}
