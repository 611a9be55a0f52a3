using System.Text.Json;

namespace OnnxChat.Gpt2.Checkpoints.Files;

/// <summary>An index of shards: which file of the same folder holds which tensor.</summary>
/// <param name="Tensors">Tensor name to file name, in the index's order.</param>
/// <param name="Files">The file names, ordinally sorted.</param>
internal sealed record ShardIndex(IReadOnlyList<KeyValuePair<string, string>> Tensors, IReadOnlyList<string> Files)
{
    private const int MaximumBytes = 8 << 20;
    private const int MaximumFiles = 1000;

    public static ShardIndex Read(string path) => JsonFile.Read(path, MaximumBytes, root =>
    {
        if (!root.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
            throw new CheckpointException(
                path, "the file has no 'weight_map', so it is not an index of shards.", "Give *.index.json, a weights file, or the folder.");

        var tensors = new List<KeyValuePair<string, string>>();
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.EnumerateObject())
        {
            var file = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : "";
            if (!IsPlainName(file))
                throw new CheckpointException(
                    path, $"the index names '{file}' for '{entry.Name}'; it must be the name of a weights file in the same folder.", "Put index and shards into one folder.");
            tensors.Add(new(entry.Name, file));
            if (files.Add(file) && files.Count > MaximumFiles)
                throw new CheckpointException(path, $"the index names more than {MaximumFiles} files.", "Save the model in fewer shards.");
        }

        return tensors.Count == 0
            ? throw new CheckpointException(path, "the index names no tensors.", "Copy or download it again.")
            : new ShardIndex(tensors, [.. files]);
    });

    // An index must not reach outside its folder, and not name another index.
    private static bool IsPlainName(string file) =>
        file.Length > 0
        && file.AsSpan().IndexOfAny("/\\:\0") < 0
        && file is not ("." or "..")
        && !file.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
