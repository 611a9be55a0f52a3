using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>A file to damage, and how it is read.</summary>
/// <param name="Source">Which file.</param>
/// <param name="Bytes">The whole file.</param>
/// <param name="Damaged">The part that is damaged.</param>
internal sealed record MutatedFile(MutationSource Source, byte[] Bytes, Range Damaged)
{
    private const int Ends = 4096;

    public static MutatedFile Of(MutationSource source, TemporaryFolder folder)
    {
        var path = folder["original"];
        switch (source)
        {
            case MutationSource.Pickle or MutationSource.Zip: TorchWriter.WriteZip(path, TinyModel.Tensors("transformer.")); break;
            case MutationSource.Legacy: TorchWriter.WriteLegacy(path, TinyModel.Tensors("transformer.")); break;
            case MutationSource.SafeTensors: SafeTensorsWriter.Write(path, TinyModel.Tensors("transformer.")); break;
            case MutationSource.Index:
                SafeTensorsWriter.Write(folder["shard.safetensors"], TinyModel.Tensors());
                var entries = TinyModel.Tensors().Select(tensor => $"\"{tensor.Name}\":\"shard.safetensors\"");
                File.WriteAllText(path, "{\"weight_map\":{" + string.Join(',', entries) + "}}");
                break;
            case MutationSource.Configuration: path = Repository.Fixture("gpt2-tiny", "config.json"); break;
            case MutationSource.FixtureZip: path = Repository.Fixture("gpt2-tiny", "checkpoints", "training-checkpoint.bin"); break;
            default: path = Repository.Fixture("gpt2-tiny", "checkpoints", "legacy.bin"); break;
        }

        var bytes = File.ReadAllBytes(path);
        return new MutatedFile(source, bytes, source == MutationSource.Pickle ? FindPickle(bytes) : ..bytes.Length);
    }

    /// <summary>Writes a damaged file where its name says what it is.</summary>
    public string Write(byte[] bytes, string path)
    {
        path += Source is MutationSource.Index or MutationSource.Configuration ? ".json" : ".bin";
        // Written over rather than anew: a file system may take a file that is emptied first to the disk at once.
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.SetLength(file, bytes.Length);
        RandomAccess.Write(file, bytes, 0);
        return path;
    }

    /// <summary>Reads everything that an import would, told from the shapes too.</summary>
    public void ReadAll(string path)
    {
        if (Source == MutationSource.Configuration)
        {
            Gpt2ConfigurationFile.Read(path);
            return;
        }

        using var checkpoint = Checkpoint.Open(path);
        foreach (var tensor in checkpoint.Tensors)
            checkpoint.Read(tensor.Name);
        var configuration = Gpt2ConfigurationInference.Infer(checkpoint, heads: 2);
        using var weights = Gpt2Weights.Open(checkpoint, configuration);
        foreach (var name in Gpt2TensorShapes.Of(configuration).Keys)
            weights.Read(name);
    }

    public byte[] Mutate(Random random)
    {
        var (start, length) = Damaged.GetOffsetAndLength(Bytes.Length);
        var part = Mutate(Bytes.AsSpan(start, length).ToArray(), random);
        if (Source != MutationSource.Pickle)
            return part;

        // In place: the zip's directory says how long the pickle is.
        var bytes = (byte[])Bytes.Clone();
        part.AsSpan(0, Math.Min(length, part.Length)).CopyTo(bytes.AsSpan(start, length));
        return bytes;
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                for (var flips = random.Next(1, 9); flips > 0; flips--)
                    bytes[Position(bytes, random)] = (byte)random.Next(256);
                return bytes;
            case 1:
                return bytes[..Position(bytes, random)];
            case 2:
                // A run of extreme bytes, where lengths and counts are.
                var at = Position(bytes, random);
                bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)).Fill(random.Next(2) == 0 ? (byte)0xFF : (byte)0);
                return bytes;
            default:
                var from = Position(bytes, random);
                var length = Math.Min(random.Next(1, 200), bytes.Length - from);
                var to = Position(bytes, random);
                return [.. bytes[..to], .. bytes[from..(from + length)], .. bytes[Math.Min(bytes.Length, to + (random.Next(2) * length))..]];
        }
    }

    // Structure stands at both ends of the larger files.
    private static int Position(byte[] bytes, Random random) => random.Next(3) switch
    {
        0 => random.Next(Math.Min(bytes.Length, Ends)),
        1 => bytes.Length - 1 - random.Next(Math.Min(bytes.Length, Ends)),
        _ => random.Next(bytes.Length),
    };

    // A stored entry: its bytes follow its name.
    private static Range FindPickle(byte[] bytes)
    {
        var name = "archive/data.pkl"u8;
        var start = bytes.AsSpan().IndexOf(name) + name.Length;
        var next = bytes.AsSpan(start).IndexOf("PK"u8);
        return start..(start + next);
    }
}
