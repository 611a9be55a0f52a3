using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>Damaged files end in weights or in a <see cref="CheckpointException"/>, and in bounded memory.</summary>
public sealed class MutatedCheckpointTests(ITestOutputHelper output) : IDisposable
{
    private const int Cases = 700;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Sources { get; } = ["zip", "legacy", "safetensors", "index", "config", "fixture-zip", "fixture-legacy"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void ReadAll_MutatedFile_GivesWeightsOrACheckpointException(string source)
    {
        var original = Original(source);
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var path = _folder[source is "index" or "config" ? "mutated.json" : "mutated.bin"];
        File.WriteAllBytes(path, original);
        ReadAll(path, source);
        var refused = 0;
        var count = source.StartsWith("fixture", StringComparison.Ordinal) ? Cases / 5 : Cases;
        for (var number = 0; number < count; number++)
        {
            var mutated = Mutate(original, random);
            File.WriteAllBytes(path, mutated);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ReadAll(path, source);
            }
            catch (CheckpointException exception)
            {
                refused++;
                Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{source}, seed {seed}, case {number}: {exception}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (4L * mutated.Length) + (64 << 20));
        }

        output.WriteLine($"{refused} of {count} refused");
        Assert.InRange(refused, 1, count);
    }

    private byte[] Original(string source)
    {
        var path = _folder[source == "index" ? "original.json" : "original.bin"];
        switch (source)
        {
            case "zip": TorchWriter.WriteZip(path, TinyModel.Tensors("transformer.")); break;
            case "legacy": TorchWriter.WriteLegacy(path, TinyModel.Tensors("transformer.")); break;
            case "safetensors": SafeTensorsWriter.Write(path, TinyModel.Tensors("transformer.")); break;
            case "index":
                SafeTensorsWriter.Write(_folder["shard.safetensors"], TinyModel.Tensors());
                var entries = TinyModel.Tensors().Select(tensor => $"\"{tensor.Name}\":\"shard.safetensors\"");
                File.WriteAllText(path, "{\"weight_map\":{" + string.Join(',', entries) + "}}");
                break;
            case "config": return File.ReadAllBytes(Repository.Fixture("gpt2-tiny", "config.json"));
            case "fixture-zip": return File.ReadAllBytes(Repository.Fixture("gpt2-tiny", "checkpoints", "training-checkpoint.bin"));
            case "fixture-legacy": return File.ReadAllBytes(Repository.Fixture("gpt2-tiny", "checkpoints", "legacy.bin"));
            default: throw new ArgumentException(source, nameof(source));
        }

        return File.ReadAllBytes(path);
    }

    private static void ReadAll(string path, string source)
    {
        if (source == "config")
        {
            Gpt2ConfigurationFile.Read(path);
            return;
        }

        using var checkpoint = Checkpoint.Open(path);
        foreach (var tensor in checkpoint.Tensors)
            checkpoint.Read(tensor.Name);
        var isFixture = source.StartsWith("fixture", StringComparison.Ordinal);
        var configuration = isFixture ? Gpt2ConfigurationFile.Read(Repository.Fixture("gpt2-tiny")) : TinyModel.Configuration;
        using var weights = Gpt2Weights.Open(checkpoint, configuration);
        foreach (var name in Gpt2TensorShapes.Of(configuration).Keys)
            weights.Read(name);
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
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
                return [.. bytes[..to], .. bytes[from..(from + length)], .. bytes[Math.Min(bytes.Length, to + random.Next(2) * length)..]];
        }
    }

    // Structure stands at both ends of the larger files.
    private static int Position(byte[] bytes, Random random) => random.Next(3) switch
    {
        0 => random.Next(Math.Min(bytes.Length, 4096)),
        1 => bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 4096)),
        _ => random.Next(bytes.Length),
    };
}
