using System.IO.Compression;

namespace OnnxChat.Gpt2.Tests.Checkpoints.Writers;

/// <summary>Writes what <c>torch.save</c> would.</summary>
internal static class TorchWriter
{
    /// <summary>A state dict, wrapped by what <paramref name="wrap"/> writes around it.</summary>
    public static void WriteZip(string path, TestTensor[] tensors, Action<PickleWriter, Action<PickleWriter>>? wrap = null)
    {
        var pickle = new PickleWriter();
        if (wrap is null)
            StateDict(pickle, tensors, isLegacy: false);
        else
            wrap(pickle, writer => StateDict(writer, tensors, isLegacy: false));
        WriteZip(path, pickle.Stop().ToArray(), [.. tensors.Select(tensor => tensor.Bytes)]);
    }

    public static void WriteZip(
        string path, byte[] pickle, byte[][] storages, CompressionLevel level = CompressionLevel.NoCompression, string byteOrder = "little")
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Entry("data.pkl", pickle);
        Entry("byteorder", [.. byteOrder.Select(letter => (byte)letter)]);
        for (var index = 0; index < storages.Length; index++)
            Entry($"data/{index}", storages[index]);

        void Entry(string name, byte[] bytes)
        {
            using var stream = zip.CreateEntry($"archive/{name}", level).Open();
            stream.Write(bytes);
        }
    }

    public static void WriteLegacy(string path, TestTensor[] tensors)
    {
        using var file = File.Create(path);
        file.Write(new PickleWriter().Raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).Stop().ToArray());
        file.Write(new PickleWriter().Integer(1001).Stop().ToArray());
        file.Write(new PickleWriter().Dictionary(items => items.Text("little_endian").Raw(0x88)).Stop().ToArray());
        var pickle = new PickleWriter();
        StateDict(pickle, tensors, isLegacy: true);
        file.Write(pickle.Stop().ToArray());

        var keys = new PickleWriter().Op(']').Op('(');
        for (var index = 0; index < tensors.Length; index++)
            keys.Text($"{index}");
        file.Write(keys.Op('e').Stop().ToArray());
        foreach (var tensor in tensors)
        {
            file.Write(BitConverter.GetBytes((long)tensor.Values.Length));
            file.Write(tensor.Bytes);
        }
    }

    private static void StateDict(PickleWriter pickle, TestTensor[] tensors, bool isLegacy)
    {
        pickle.OrderedDict().Op('(');
        for (var index = 0; index < tensors.Length; index++)
        {
            var tensor = tensors[index];
            pickle.Text(tensor.Name).Tensor($"{index}", tensor.Values.Length, tensor.Shape, Strides(tensor.Shape), isLegacy: isLegacy);
        }

        pickle.Op('u');
    }

    private static long[] Strides(long[] shape) =>
        [.. shape.Select((_, axis) => shape.Skip(axis + 1).Aggregate(1L, (product, length) => product * length))];
}
