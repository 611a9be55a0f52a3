using System.Buffers.Binary;
using OnnxChat.Gpt2.Checkpoints.Pickle;

namespace OnnxChat.Gpt2.Checkpoints.Torch;

/// <summary>
/// Reads the form that <c>torch.save</c> wrote before PyTorch 1.6: pickles of a magic number, a version, the machine,
/// the object and the storages' keys, then for each key a count (64 bits) and the elements.
/// </summary>
internal static class TorchLegacyFile
{
    private const long Version = 1001;

    // The number 0x1950a86a20f9469cfc6c, as pickled.
    private static readonly byte[] Magic = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    public static Dictionary<string, TensorLayout> Read(CheckpointFile file)
    {
        var input = new PickleInput(file, 0, file.Length);
        ReadMagic(file, input);
        var host = new TorchPickleHost(file);
        if (PickleReader.Read(input, host) is not Version)
            throw file.Refused($"the file is of another version of the legacy format than {Version}.", "Save it again with a current PyTorch.");
        if (PickleReader.Read(input, host) is not PickleDictionary machine || machine["little_endian"] is not true)
            throw file.Refused("the file's byte order is not 'little'.", "Save it on a little-endian machine, or as safetensors.");
        var value = PickleReader.Read(input, host);
        if (PickleReader.Read(input, host) is not List<object?> keys)
            throw file.Damaged("the list of storages is missing");

        var regions = ReadStorages(file, input.Position, keys, host.Storages);
        var tensors = new Dictionary<string, TensorLayout>(StringComparer.Ordinal);
        foreach (var (name, tensor) in TorchStateDict.Find(file, value))
        {
            if (!regions.TryGetValue(tensor.Storage.Key, out var region))
                throw file.Damaged($"storage '{tensor.Storage.Key}' of tensor '{name}' is missing");
            tensors[name] = tensor.Place(name, region);
        }

        return tensors;
    }

    private static void ReadMagic(CheckpointFile file, PickleInput input)
    {
        // The protocol, which the format's detection has checked, and from protocol 4 on a frame.
        input.ReadBytes(2);
        var start = new byte[Magic.Length];
        start[0] = input.ReadByte();
        if (start[0] == (byte)PickleOpcode.Frame)
        {
            input.ReadBytes(8);
            start[0] = input.ReadByte();
        }

        if (start[0] == Magic[0] && file.Length - input.Position >= Magic.Length - 1)
            input.Read(start.AsSpan(1));
        if (!start.AsSpan().SequenceEqual(Magic))
            throw file.Refused("the file is a pickle, but not one of torch.save.", "Save the weights with torch.save(model.state_dict(), path), or as safetensors.");
    }

    private static Dictionary<string, StorageRegion> ReadStorages(
        CheckpointFile file, long position, List<object?> keys, IReadOnlyDictionary<string, TorchStorage> storages)
    {
        var regions = new Dictionary<string, StorageRegion>(StringComparer.Ordinal);
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (var key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage))
                throw file.Damaged($"the list of storages names '{key}', which no tensor uses");
            file.Read(position, count);
            position += count.Length;
            var elements = BinaryPrimitives.ReadInt64LittleEndian(count);
            if (elements != storage.Elements)
                throw file.Damaged($"storage '{name}' has {elements} elements, its tensors expect {storage.Elements}");
            var size = ElementTypes.Size(storage.ElementType);
            if (elements > (file.Length - position) / size)
                throw file.CutShort($"storage '{name}' of {elements} elements reaches outside the file");
            if (!regions.TryAdd(name, new StorageRegion(file, position, elements * size)))
                throw file.Damaged($"storage '{name}' is listed twice");
            position += elements * size;
        }

        return regions;
    }
}
