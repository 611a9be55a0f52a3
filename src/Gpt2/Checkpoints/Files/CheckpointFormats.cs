namespace OnnxChat.Gpt2.Checkpoints.Files;

/// <summary>Tells a file's format by its first bytes, and names well-known files that are something else.</summary>
internal static class CheckpointFormats
{
    private const string Remedy =
        "Give a file written by torch.save (zip or legacy) or by safetensors, for example pytorch_model.bin or model.safetensors.";

    public static CheckpointFormat Detect(CheckpointFile file)
    {
        if (file.Length == 0)
            throw file.Refused("the file is empty.", "Copy or download it again; the download may have failed.");

        var head = new byte[(int)Math.Min(file.Length, 64)];
        file.Read(0, head);
        if (head.AsSpan().StartsWith("PK\x03\x04"u8))
            return CheckpointFormat.TorchZip;
        if (head is [0x80, >= 2 and <= 5, ..])
            return CheckpointFormat.TorchLegacy;
        if (head is [_, _, _, _, _, _, _, _, (byte)'{', ..])
            return CheckpointFormat.SafeTensors;
        throw file.Refused($"the file is {Describe(head)}.", Remedy);
    }

    private static string Describe(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("version https://git-lfs"u8))
            return "a Git LFS pointer, not the weights themselves (run 'git lfs pull')";
        if (head.StartsWith("GGUF"u8))
            return "GGUF, which this importer does not read";
        if (head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..])
            return "HDF5 (TensorFlow), which this importer does not read";
        if (head.StartsWith("<"u8))
            return "a web page or XML, perhaps an error page saved in place of the download";
        return $"not a checkpoint; it starts with the bytes {Convert.ToHexString(head[..Math.Min(8, head.Length)])}";
    }
}
