using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using OnnxChat.Connector.Confidence;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.ModelTools.Doctor.Checks;

/// <summary>The model folder's descriptions, and its files against the hashes that the import wrote.</summary>
internal sealed class ModelFolderCheck(string path) : ICheck
{
    private const string Again = "Import the model again with 'onnxchat import', or copy the folder again.";

    public string Name => "model folder";

    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = ModelFolder.Open(path);
        var found = string.Create(CultureInfo.InvariantCulture, $"{folder.Name} in {folder.Path}: context {folder.Configuration.ContextLength}, {folder.Tokenizer.VocabularySize:N0} of {folder.Configuration.VocabularySize:N0} tokens, for {folder.Configuration.Provider}, a prompt of {folder.Prompts.Build([new Turn(TurnRole.User, "Hello")], null).Length} tokens for \"Hello\"{Scoring(folder.Confidence)}");
        var manifest = Path.Combine(folder.Path, ModelManifest.FileName);
        if (!File.Exists(manifest))
            return new CheckResult(Name, CheckStatus.Ok, $"{found}; no {ModelManifest.FileName}, so its files cannot be compared with hashes");

        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(manifest, cancellationToken).ConfigureAwait(false));
        if (!document.RootElement.TryGetProperty("files", out var files))
            return new CheckResult(Name, CheckStatus.Ok, $"{found}; {ModelManifest.FileName} has no hashes");
        foreach (var file in files.EnumerateObject())
        {
            if (await ProblemAsync(Path.Combine(folder.Path, file.Name), file.Value, cancellationToken).ConfigureAwait(false) is { } problem)
                return new CheckResult(Name, CheckStatus.Fail, problem, Again);
        }

        return new CheckResult(Name, CheckStatus.Ok, $"{found}; {files.EnumerateObject().Count()} files have their hashes");
    }

    private static string Scoring(ReplyConfidence? confidence)
    {
        if (confidence is null)
            return "";
        var entry = confidence.Calibration.Entry;
        var thresholds = string.Concat(entry.LanguageThresholds.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => string.Create(CultureInfo.InvariantCulture, $", {t.Key} {t.Value:0.000}")));
        var by = confidence.Index is { } index
            ? string.Create(CultureInfo.InvariantCulture, $"the index {entry.Index} of {index.Neighbours.Count:N0} known questions")
            : "the model's own figures";
        return string.Create(CultureInfo.InvariantCulture, $", scores by {by}, threshold {entry.Threshold:0.000}{thresholds}");
    }

    private static async Task<string?> ProblemAsync(string file, JsonElement expected, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            return $"{file} is missing";
        var bytes = expected.GetProperty("bytes").GetInt64();
        if (new FileInfo(file).Length != bytes)
            return string.Create(CultureInfo.InvariantCulture, $"{file} has {new FileInfo(file).Length:N0} bytes; it was written with {bytes:N0}");
        var stream = File.OpenRead(file);
        await using var disposal = stream.ConfigureAwait(false);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        return hash == expected.GetProperty("sha256").GetString() ? null : $"{file} is not what was written: its SHA-256 is {hash}";
    }
}
