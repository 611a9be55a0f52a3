using OnnxChat.Gpt2.Checkpoints.Pickle;

namespace OnnxChat.Gpt2.Checkpoints.Torch;

/// <summary>Reads the zip form of <c>torch.save</c>: <c>name/data.pkl</c>, <c>name/byteorder</c>, <c>name/data/0</c>, ...</summary>
internal static class TorchZipFile
{
    private const string PickleName = "data.pkl";

    public static Dictionary<string, TensorLayout> Read(CheckpointFile file)
    {
        var entries = ZipDirectory.Read(file);
        var root = FindRoot(file, entries);
        CheckByteOrder(file, entries, root);

        var pickle = entries[root + PickleName].Locate(file);
        var host = new TorchPickleHost(file);
        var value = PickleReader.Read(new PickleInput(file, pickle.Start, pickle.Bytes), host);

        var tensors = new Dictionary<string, TensorLayout>(StringComparer.Ordinal);
        foreach (var (name, tensor) in TorchStateDict.Find(file, value))
        {
            if (!entries.TryGetValue($"{root}data/{tensor.Storage.Key}", out var entry))
                throw file.Damaged($"storage '{tensor.Storage.Key}' of tensor '{name}' is missing");
            var region = entry.Locate(file);
            if ((Int128)tensor.Storage.Elements * ElementTypes.Size(tensor.Storage.ElementType) > region.Bytes)
                throw file.Damaged($"storage '{tensor.Storage.Key}' of tensor '{name}' has {region.Bytes} bytes, too few for {tensor.Storage.Elements} elements");
            tensors[name] = tensor.Place(name, region);
        }

        return tensors;
    }

    private static string FindRoot(CheckpointFile file, Dictionary<string, ZipEntry> entries)
    {
        var pickles = entries.Keys.Where(name => name.EndsWith('/' + PickleName, StringComparison.Ordinal)).ToArray();
        if (pickles.Length != 1)
            throw file.Refused(
                $"the file is a zip with {pickles.Length} entries named {PickleName}; torch.save writes one.", "Unpack it if it is an archive of a model folder.");
        var root = pickles[0][..^PickleName.Length];
        if (entries.ContainsKey(root + "constants.pkl"))
            throw file.Refused("the file is TorchScript, a program rather than weights.", "Save the weights: torch.save(model.state_dict(), path).");
        return root;
    }

    private static void CheckByteOrder(CheckpointFile file, Dictionary<string, ZipEntry> entries, string root)
    {
        // Files of PyTorch before 2.1 lack it and are little-endian.
        if (!entries.TryGetValue(root + "byteorder", out var entry))
            return;
        var region = entry.Locate(file);
        var text = new byte[(int)Math.Min(region.Bytes, 16)];
        file.Read(region.Start, text);
        if (!text.AsSpan().SequenceEqual("little"u8))
            throw file.Refused("the file's byte order is not 'little'.", "Save it on a little-endian machine, or as safetensors.");
    }
}
