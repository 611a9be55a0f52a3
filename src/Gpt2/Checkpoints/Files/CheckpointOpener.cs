using OnnxChat.Gpt2.Checkpoints.SafeTensors;
using OnnxChat.Gpt2.Checkpoints.Torch;

namespace OnnxChat.Gpt2.Checkpoints.Files;

/// <summary>Turns a path into a checkpoint: finds the file, tells its format, follows an index to its shards.</summary>
internal static class CheckpointOpener
{
    public static Checkpoint Open(string path)
    {
        var file = Directory.Exists(path) ? CheckpointFolder.Find(path) : path;
        var opened = new List<CheckpointFile>();
        try
        {
            var tensors = file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? OpenShards(file, opened) : OpenOne(file, opened);
            return new Checkpoint(path, opened, tensors);
        }
        catch
        {
            opened.ForEach(one => one.Dispose());
            throw;
        }
    }

    private static Dictionary<string, TensorLayout> OpenShards(string indexPath, List<CheckpointFile> opened)
    {
        var index = ShardIndex.Read(indexPath);
        var shards = new Dictionary<string, Dictionary<string, TensorLayout>>(StringComparer.Ordinal);
        foreach (var shard in index.Files)
            shards[shard] = OpenOne(Path.Combine(Path.GetDirectoryName(indexPath) ?? "", shard), opened);

        var tensors = new Dictionary<string, TensorLayout>(StringComparer.Ordinal);
        foreach (var (name, shard) in index.Tensors)
        {
            if (!shards[shard].TryGetValue(name, out var layout))
                throw new CheckpointException(
                    indexPath, $"the index says that '{name}' is in {shard}, which does not have it.", "Take index and shards from the same save.");
            tensors[name] = layout;
        }

        return tensors;
    }

    private static Dictionary<string, TensorLayout> OpenOne(string path, List<CheckpointFile> opened)
    {
        var file = CheckpointFile.Open(path);
        opened.Add(file);
        return CheckpointFormats.Detect(file) switch
        {
            CheckpointFormat.TorchZip => TorchZipFile.Read(file),
            CheckpointFormat.TorchLegacy => TorchLegacyFile.Read(file),
            _ => SafeTensorsFile.Read(file),
        };
    }
}
