using System.Text.Json;

namespace OnnxChat.Gpt2.Checkpoints.Files;

/// <summary>Reads the small JSON files beside a checkpoint.</summary>
internal static class JsonFile
{
    /// <summary>Parses a file whose root is an object and hands the root on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes it may have.</param>
    /// <param name="use">Reads the root; exceptions of System.Text.Json in it end as a <see cref="CheckpointException"/>.</param>
    public static T Read<T>(string path, int limit, Func<JsonElement, T> use)
    {
        using var file = CheckpointFile.Open(path);
        if (file.Length > limit)
            throw file.Refused($"the file has {file.Length} bytes, the limit is {limit}.", "Give the JSON file that was saved with the model.");

        var bytes = new byte[file.Length];
        file.Read(0, bytes);
        try
        {
            // Python's json module writes a byte order mark on Windows when it is asked for utf-8-sig.
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw file.Refused("the file is JSON, but not an object.", "Give the JSON file that was saved with the model.");
            return use(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what a string with half a surrogate pair gives.
            throw new CheckpointException(path, $"the file is not valid JSON ({exception.Message}).", "Copy or download it again.", exception);
        }
    }
}
