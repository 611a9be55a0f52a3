using System.Globalization;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>
/// Damaged files end in weights or in a <see cref="CheckpointException"/>, and in bounded memory. <c>eng/fuzz</c> runs
/// more of them, or those of a seed again.
/// </summary>
public sealed class MutatedCheckpointTests(ITestOutputHelper output) : IDisposable
{
    private const long MostBytes = 64L << 20;
    private const int MostBytesAByte = 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(MutationSource.Pickle, 60_000)]
    [InlineData(MutationSource.Zip, 40_000)]
    [InlineData(MutationSource.Legacy, 40_000)]
    [InlineData(MutationSource.SafeTensors, 40_000)]
    [InlineData(MutationSource.Index, 20_000)]
    [InlineData(MutationSource.Configuration, 5_000)]
    [InlineData(MutationSource.FixtureZip, 150)]
    [InlineData(MutationSource.FixtureLegacy, 150)]
    public void ReadAll_MutatedFile_GivesWeightsOrACheckpointException(MutationSource source, int cases)
    {
        var original = MutatedFile.Of(source, _folder);
        original.ReadAll(original.Write(original.Bytes, _folder["whole"]));
        var seed = Number("ONNXCHAT_FUZZ_SEED", Environment.TickCount);
        cases = (int)Math.Min(int.MaxValue, (long)cases * Number("ONNXCHAT_FUZZ_TIMES", 1));
        output.WriteLine($"seed {seed}");

        var refused = 0;
        var worker = 0;
        Parallel.For(
            0,
            cases,
            () => _folder[$"mutated-{Interlocked.Increment(ref worker)}"],
            (number, _, path) =>
            {
                if (Refuses(original, path, seed, number))
                    Interlocked.Increment(ref refused);
                return path;
            },
            _ => { });

        output.WriteLine($"{refused} of {cases} refused");
        Assert.InRange(refused, 1, cases);
    }

    private bool Refuses(MutatedFile original, string path, int seed, int number)
    {
        var mutated = original.Mutate(new Random(unchecked((seed * 486_187_739) + number)));
        path = original.Write(mutated, path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = false;
        try
        {
            original.ReadAll(path);
        }
        catch (CheckpointException exception)
        {
            refused = true;
            Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{original.Source}, seed {seed}, case {number}: {exception}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > (MostBytesAByte * (long)mutated.Length) + MostBytes)
            Assert.Fail($"{original.Source}, seed {seed}, case {number}: {allocated} bytes were allocated for a file of {mutated.Length}.");
        return refused;
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
