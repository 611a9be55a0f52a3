using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Checkpoints.Pickle;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>Pickles of opcodes that are all known, in an order that no pickler writes.</summary>
public sealed class RandomPickleTests(ITestOutputHelper output) : IDisposable
{
    private const int Cases = 2000;
    private static readonly PickleOpcode[] Opcodes = Enum.GetValues<PickleOpcode>();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_RandomOpcodes_GivesWeightsOrACheckpointException()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var refused = 0;
        for (var number = 0; number < Cases; number++)
        {
            var path = _folder[$"{number}.bin"];
            TorchWriter.WriteZip(path, Pickle(random), [new byte[16]]);
            try
            {
                using var checkpoint = Checkpoint.Open(path);
                foreach (var tensor in checkpoint.Tensors)
                    checkpoint.Read(tensor.Name);
            }
            catch (CheckpointException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}, case {number}: {exception}");
            }
        }

        output.WriteLine($"{refused} of {Cases} refused");
        Assert.NotEqual(0, refused);
    }

    private static byte[] Pickle(Random random)
    {
        var pickle = new PickleWriter().Op('}').Op('(');
        for (var count = random.Next(1, 30); count > 0; count--)
            Step(pickle, random);
        return pickle.Op('u').Stop().ToArray();
    }

    private static void Step(PickleWriter pickle, Random random)
    {
        switch (random.Next(10))
        {
            case 0: pickle.Text(random.Next(3) == 0 ? "model" : "storage"); break;
            case 1: pickle.Integer(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)); break;
            case 2: pickle.Global("torch._utils", random.Next(2) == 0 ? "_rebuild_tensor_v2" : "_rebuild_parameter"); break;
            case 3: pickle.Global("torch", "FloatStorage"); break;
            case 4: pickle.OrderedDict(); break;
            case 5:
                pickle.Text("x").Tensor("0", random.Next(6), [Length(random), Length(random)], [Length(random), Length(random)], Length(random));
                break;
            default: pickle.Raw((byte)Opcodes[random.Next(Opcodes.Length)]); break;
        }
    }

    private static long Length(Random random) => random.Next(8) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(4);
}
