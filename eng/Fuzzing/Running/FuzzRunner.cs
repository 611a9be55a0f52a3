using OnnxChat.Fuzzing.Mutation;

namespace OnnxChat.Fuzzing.Running;

/// <summary>
/// Runs a target in this process with inputs made of its seeds. An input that is answered in a new way joins them, which
/// stands in for the coverage that only instrumented code can tell.
/// </summary>
internal sealed class FuzzRunner(IFuzzTarget target, FuzzBudget budget, TimeProvider time)
{
    private const int MostKept = 2_000;
    private const int LongestInput = 64 * 1_024;
    private const int MostFindings = 20;

    private readonly List<byte[]> _pool = [.. target.Seeds];
    private readonly HashSet<string> _shapes = [];
    private readonly Dictionary<string, Finding> _findings = [];
    private readonly HangWatch _watch = new(budget.Longest, time);
    private long _executions;
    private long _refused;

    /// <summary>Runs until the budget is spent. A hang ends it, since nothing stops the thread that hangs.</summary>
    /// <param name="keep">Is told of each finding when it comes up.</param>
    /// <param name="lastInput">Remembers the input under way past the end of the process; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run after the input under way.</param>
    public async Task<FuzzResult> RunAsync(Action<Finding> keep, LastInput? lastInput, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // A thread of its own: a target that hangs has it for good.
        var running = Task.Factory.StartNew(() => LoopAsync(keep, lastInput, started, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        var hung = _watch.WaitAsync(running);
        if (await Task.WhenAny(running, hung).ConfigureAwait(false) == hung && await hung.ConfigureAwait(false) is { } input)
            Keep(new Finding(target.Name, input, "hang", $"It took more than {budget.Longest}."), keep);
        else
            await running.ConfigureAwait(false);
        return new FuzzResult(target.Name, _executions, _refused, _shapes.Count, time.GetElapsedTime(started), [.. _findings.Values]);
    }

    /// <summary>Gives the target one input.</summary>
    /// <returns>The finding that it is, or null.</returns>
    public async ValueTask<Finding?> TryAsync(byte[] input)
    {
        var thread = Environment.CurrentManagedThreadId;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var outcome = await target.RunAsync(input).ConfigureAwait(false);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (!outcome.IsTaken)
                _refused++;
            if (_shapes.Add(outcome.Shape) && _pool.Count < MostKept)
                _pool.Add(input);
            // What others allocated on another thread cannot be told from what it did.
            return thread == Environment.CurrentManagedThreadId && allocated > target.MostAllocated(input.Length)
                ? new Finding(target.Name, input, "memory", $"{allocated} bytes were allocated for an input of {input.Length}; the limit is {target.MostAllocated(input.Length)}.\n{outcome.Shape}")
                : null;
        }
        // Whatever a target does not document is what is looked for.
        catch (Exception e)
        {
            return new Finding(target.Name, input, e.GetType().Name, e.ToString());
        }
    }

    private async Task LoopAsync(Action<Finding> keep, LastInput? lastInput, long started, CancellationToken cancellationToken)
    {
        var mutator = new InputMutator(target.Kind, target.Words, new Random(budget.Seed));
        foreach (var seed in target.Seeds)
        {
            var refused = _refused;
            await ExecuteAsync(seed, keep, lastInput).ConfigureAwait(false);
            if (_refused > refused)
                Keep(new Finding(target.Name, seed, "seed", "The target refuses its own seed, so it would hardly get past the first check."), keep);
        }

        while (_executions < budget.Executions && _findings.Count < MostFindings && time.GetElapsedTime(started) < budget.Time && !cancellationToken.IsCancellationRequested)
            await ExecuteAsync(mutator.Next(_pool, LongestInput), keep, lastInput).ConfigureAwait(false);
    }

    private async ValueTask ExecuteAsync(byte[] input, Action<Finding> keep, LastInput? lastInput)
    {
        _executions++;
        lastInput?.Write(input);
        _watch.Begin(input);
        var finding = await TryAsync(input).ConfigureAwait(false);
        _watch.End();
        if (finding is not null)
            Keep(finding, keep);
    }

    private void Keep(Finding finding, Action<Finding> keep)
    {
        if (_findings.TryAdd(finding.Cause, finding))
            keep(finding);
    }
}
