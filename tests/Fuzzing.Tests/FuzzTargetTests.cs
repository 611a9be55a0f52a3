using OnnxChat.Fuzzing.Running;
using OnnxChat.Testing;

namespace OnnxChat.Fuzzing.Tests;

/// <summary>Every target stands a few thousand inputs, and all that it did not stand once. <c>eng/fuzz</c> looks for more.</summary>
public sealed class FuzzTargetTests(ITestOutputHelper output)
{
    private const int Executions = 4_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    public static TheoryData<string, string> Findings =>
        [.. FuzzTargets.Names.SelectMany(name => Kept.Inputs(name).Select(path => (name, Path.GetRelativePath(Repository.Root, path))))];

    private static FindingFolder Kept => new(Path.Combine(Repository.Root, "eng", "Fuzzing", "Findings"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task RunAsync_MutatedInputs_TakesOrRefusesThem(string name)
    {
        await using var target = FuzzTargets.Create(name);
        var budget = new FuzzBudget(Executions, TimeSpan.MaxValue, Longest, Environment.TickCount);

        var result = await new FuzzRunner(target, budget, TimeProvider.System).RunAsync(_ => { }, lastInput: null, Cancelled);

        output.WriteLine($"seed {budget.Seed}: {result.Executions} executions, {result.Refused} refused in {result.Shapes} ways");
        Assert.True(
            result.Findings.Count == 0,
            string.Join("\n\n", result.Findings.Select(finding => $"{finding.Kind}: {finding.Detail}\n{Convert.ToBase64String(finding.Input)}")));
        Assert.InRange(result.Refused, 1, result.Executions - target.Seeds.Count);
    }

    [Theory]
    [MemberData(nameof(Findings))]
    public async Task RunAsync_InputThatFailedOnce_IsTakenOrRefused(string name, string path)
    {
        await using var target = FuzzTargets.Create(name);
        var runner = new FuzzRunner(target, new FuzzBudget(1, Longest, Longest, Seed: 0), TimeProvider.System);

        var finding = await runner.TryAsync(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, path), Cancelled));

        Assert.True(finding is null, finding?.Detail);
    }
}
