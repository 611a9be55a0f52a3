using Microsoft.Extensions.Logging;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Generation;

/// <summary>
/// Puts waiting requests into cohorts and steps its cohorts in turn, so that a short reply never waits for a long one and
/// requests that come together share the model's work.
/// </summary>
internal sealed partial class GenerationWorker(ICausalModel model, ModelFolder folder, AdmissionQueue waiting, CohortLimits limits, int workers, GenerationState state, ILogger logger)
{
    private readonly CohortPlanner _planner = new(limits);
    private readonly List<Cohort> _cohorts = [];

    // Replies that wait for a batch: new ones, and those whose cohort was full or made room.
    private readonly List<RunningReply> _pending = [];

    private int _running;

    private int CacheLeft
    {
        get
        {
            var left = limits.CacheTokens;
            foreach (var cohort in _cohorts)
                left -= cohort.CacheTokens;
            return left;
        }
    }

    /// <summary>Works until the queue is closed or <paramref name="closing"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken closing)
    {
        while (!closing.IsCancellationRequested)
        {
            if (_cohorts.Count == 0 && _pending.Count == 0)
            {
                if (!await waiting.WaitAsync().ConfigureAwait(false))
                    break;
                Gather();
            }

            if (closing.IsCancellationRequested)
                break;
            Take();
            StartCohorts();
            Report();
            StepCohorts();
            Report();
        }

        foreach (var cohort in _cohorts)
        {
            cohort.Fail(GenerationQueue.Closed());
            cohort.Dispose();
        }

        foreach (var reply in _pending)
            reply.Fail(GenerationQueue.Closed());
        state.AddRunning(-_running);
    }

    /// <summary>
    /// Lets the rest of a burst arrive, some microseconds, so that its requests share a batch: the first one wakes an idle
    /// worker before the others are there.
    /// </summary>
    private void Gather()
    {
        const int Spins = 20;
        for (int seen = 0, count = waiting.Count; count > seen && count < limits.Rows; count = waiting.Count)
        {
            seen = count;
            var wait = default(SpinWait);
            for (var i = 0; i < Spins; i++)
                wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void Report()
    {
        var running = _pending.Count;
        foreach (var cohort in _cohorts)
            running += cohort.Rows;
        state.AddRunning(running - _running);
        _running = running;
    }

    /// <summary>Takes requests that can start now; the others keep their place, for this worker or another.</summary>
    private void Take()
    {
        var share = (waiting.Count + workers - 1) / workers;
        if (share > 0 && _cohorts.Count >= limits.Cohorts)
            MakeRoom();
        if (_cohorts.Count >= limits.Cohorts)
            return;

        var cache = CacheLeft;
        for (; share > 0 && _pending.Count < limits.Rows && cache > 0 && waiting.TryTake(out var job); share--)
        {
            if (Begin(job) is not { } reply)
                continue;
            _pending.Add(reply);
            cache -= _planner.Capacity([reply]);
        }
    }

    /// <summary>Dissolves two cohorts whose replies go together, so that many long replies do not keep others out.</summary>
    private void MakeRoom()
    {
        var candidates = _cohorts.Where(c => c.Live.All(r => r is { IsSeeded: false, Generated: > 0 })).OrderBy(c => c.Live.Max(r => r.Length)).ToList();
        foreach (var (first, second) in candidates.Zip(candidates.Skip(1)))
        {
            if (!_planner.GoTogether([.. first.Live, .. second.Live], CacheLeft + first.CacheTokens + second.CacheTokens))
                continue;
            Dissolve(first);
            Dissolve(second);
            return;
        }
    }

    /// <returns>Null where nobody waits for the reply any more, or it cannot begin.</returns>
    private RunningReply? Begin(GenerationJob job)
    {
        if (job.Ended)
            return null;
        try
        {
            return new RunningReply(job, folder);
        }
#pragma warning disable CA1031 // The caller gets the exception; the worker goes on with the next request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            job.Complete(e);
            return null;
        }
    }

    private void StartCohorts()
    {
        _pending.RemoveAll(r => r.Ended);
        while (_cohorts.Count < limits.Cohorts && _planner.TakeNext(_pending, CacheLeft) is { Count: > 0 } replies)
            _cohorts.Add(new Cohort(model, replies, _planner.Capacity(replies), limits.PrefillChunk));
    }

    // The newest first, so that new requests get their first token soonest.
    private void StepCohorts()
    {
        for (var i = _cohorts.Count - 1; i >= 0; i--)
        {
            var cohort = _cohorts[i];
            var rows = cohort.Rows;
            if (rows > 0)
                Step(cohort, rows);
            if (rows == 0 || cohort.Full || cohort.Rows == 0)
                Dissolve(cohort);
        }
    }

    private void Step(Cohort cohort, int rows)
    {
        try
        {
            cohort.Step();
            state.Stepped(rows);
        }
#pragma warning disable CA1031 // The callers get the exception; the worker goes on with the next requests.
        catch (Exception e)
#pragma warning restore CA1031
        {
            StepFailed(logger, e);
            cohort.Fail(e);
        }
    }

    /// <summary>Releases a cohort's batch; replies that have not ended wait for another.</summary>
    private void Dissolve(Cohort cohort)
    {
        _pending.AddRange(cohort.Live);
        _cohorts.Remove(cohort);
        cohort.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of the model failed.")]
    private static partial void StepFailed(ILogger logger, Exception exception);
}
