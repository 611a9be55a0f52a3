using System.Text;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;

namespace OnnxChat.Fuzzing.Targets.Checkpoints;

/// <summary>
/// Damaged checkpoints end in weights or in a <see cref="CheckpointException"/> that names the file. Everything that an
/// import reads is read. Findings: any other exception, and more than 64 MiB and four bytes a byte of the file.
/// </summary>
internal sealed class CheckpointTarget : IFuzzTarget
{
    private const long MostBytes = 64L << 20;
    private const int MostBytesAByte = 4;

    private static readonly string[] TorchWords =
        ["ctorch._utils\n_rebuild_tensor_v2\n", "ctorch\nFloatStorage\n", "ccollections\nOrderedDict\n", "cos\nsystem\n", "storage", "cpu", "archive/data.pkl", "archive/data/0", "archive/byteorder", "PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "transformer.wte.weight"];

    private readonly Scratch _folder;
    private readonly Func<Scratch, byte[], string> _write;
    private readonly Action<string> _read;

    private CheckpointTarget(string name, InputKind kind, Scratch folder, byte[] seed, string[] words, Func<Scratch, byte[], string> write, Action<string>? read = null)
    {
        Name = name;
        Kind = kind;
        Seeds = [seed];
        Words = words;
        _folder = folder;
        _write = write;
        _read = read ?? ReadAll;
    }

    public string Name { get; }

    public InputKind Kind { get; }

    public IReadOnlyList<byte[]> Seeds { get; }

    public IReadOnlyList<string> Words { get; }

    /// <summary>The pickle within a zip that is whole.</summary>
    public static CheckpointTarget Pickle()
    {
        var tensors = TinyTensors.Create();
        byte[][] storages = [.. tensors.Select(tensor => tensor.Bytes)];
        var folder = new Scratch();
        TorchWriter.WriteZip(folder["seed.bin"], tensors);
        return new CheckpointTarget("torch-pickle", InputKind.Binary, folder, PickleOf(File.ReadAllBytes(folder["seed.bin"])), TorchWords, (scratch, input) =>
        {
            File.Delete(scratch["pickle.bin"]);
            TorchWriter.WriteZip(scratch["pickle.bin"], input, storages);
            return scratch["pickle.bin"];
        });
    }

    /// <summary>What <c>torch.save</c> writes, anywhere.</summary>
    public static CheckpointTarget Zip() => OfFile("torch-zip", TorchWords, path => TorchWriter.WriteZip(path, TinyTensors.Create()));

    /// <summary>The form before PyTorch 1.6, anywhere.</summary>
    public static CheckpointTarget Legacy() => OfFile("torch-legacy", TorchWords, path => TorchWriter.WriteLegacy(path, TinyTensors.Create()));

    /// <summary>safetensors, anywhere.</summary>
    public static CheckpointTarget SafeTensors() =>
        OfFile("safetensors", ["\"dtype\":\"F32\"", "\"BF16\"", "\"shape\":[", "\"data_offsets\":[", "__metadata__", "9223372036854775807", "-1"], path => SafeTensorsWriter.Write(path, TinyTensors.Create()));

    /// <summary>An index of shards; the shard stays whole.</summary>
    public static CheckpointTarget ShardIndex()
    {
        var folder = new Scratch();
        var tensors = TinyTensors.Create();
        SafeTensorsWriter.Write(folder["shard.safetensors"], tensors);
        var entries = tensors.Select(tensor => $"\"{tensor.Name}\":\"shard.safetensors\"");
        var seed = Encoding.UTF8.GetBytes("{\"weight_map\":{" + string.Join(',', entries) + "}}");
        return new CheckpointTarget("shard-index", InputKind.Json, folder, seed, ["weight_map", "shard.safetensors", "../shard.safetensors", "/etc/passwd"], (scratch, input) => scratch.Write("model.json", input));
    }

    /// <summary>A <c>config.json</c>.</summary>
    public static CheckpointTarget Configuration()
    {
        var seed = """{"model_type":"gpt2","n_layer":2,"n_embd":8,"n_head":2,"n_positions":16,"n_ctx":16,"vocab_size":50,"n_inner":null,"activation_function":"gelu_new","layer_norm_epsilon":1e-05,"scale_attn_weights":true,"scale_attn_by_inverse_layer_idx":false}"""u8;
        return new CheckpointTarget("gpt2-config", InputKind.Json, new Scratch(), seed.ToArray(), ["n_layer", "n_embd", "n_head", "n_inner", "gelu", "relu"], (scratch, input) => scratch.Write("config.json", input), path => Gpt2ConfigurationFile.Read(path));
    }

    public long MostAllocated(int length) => MostBytes + (MostBytesAByte * (long)length);

    public ValueTask<Outcome> RunAsync(byte[] input)
    {
        var path = _write(_folder, input);
        try
        {
            _read(path);
            return ValueTask.FromResult(Outcome.Taken);
        }
        catch (CheckpointException exception) when (exception.Message.Contains(_folder[""], StringComparison.Ordinal))
        {
            return ValueTask.FromResult(Outcome.Refused(exception));
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CheckpointTarget OfFile(string name, string[] words, Action<string> writeSeed)
    {
        var folder = new Scratch();
        writeSeed(folder["seed.bin"]);
        return new CheckpointTarget(name, InputKind.Binary, folder, File.ReadAllBytes(folder["seed.bin"]), words, (scratch, input) => scratch.Write("damaged.bin", input));
    }

    private static void ReadAll(string path)
    {
        using var checkpoint = Checkpoint.Open(path);
        foreach (var tensor in checkpoint.Tensors)
            checkpoint.Read(tensor.Name);
        var configuration = Gpt2ConfigurationInference.Infer(checkpoint, heads: 2);
        using var weights = Gpt2Weights.Open(checkpoint, configuration);
        foreach (var name in Gpt2TensorShapes.Of(configuration).Keys)
            weights.Read(name);
    }

    // A stored entry: its bytes follow its name.
    private static byte[] PickleOf(byte[] zip)
    {
        var name = "archive/data.pkl"u8;
        var start = zip.AsSpan().IndexOf(name) + name.Length;
        var length = zip.AsSpan(start).IndexOf("PK"u8);
        return zip[start..(start + length)];
    }
}
