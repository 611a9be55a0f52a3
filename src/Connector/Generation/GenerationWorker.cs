using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Generation;

/// <summary>
/// Puts waiting requests into cohorts and steps its cohorts in turn, so that a short reply never waits for a long one and
/// requests that come together share the model's work.
/// </summary>
internal sealed partial class GenerationWorker(ICausalModel model, ModelFolder folder, ChannelReader<GenerationJob> waiting, ILogger logger)
{
    // GenAI refuses larger batches.
    private const int MaxRows = 32;
    private const int MaxCohorts = 4;

    private readonly List<Cohort> _cohorts = [];

    /// <summary>Works until the queue is completed or <paramref name="closing"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken closing)
    {
        while (!closing.IsCancellationRequested)
        {
            if (_cohorts.Count == 0 && !await waiting.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
                return;
            if (!closing.IsCancellationRequested)
                Turn();
        }

        foreach (var cohort in _cohorts)
        {
            cohort.Fail(GenerationQueue.Closed());
            cohort.Dispose();
        }
    }

    private void Turn()
    {
        while (_cohorts.Count < MaxCohorts && Admit())
        {
        }

        for (var i = _cohorts.Count - 1; i >= 0; i--)
        {
            Step(_cohorts[i]);
            if (!_cohorts[i].Ended)
                continue;
            _cohorts[i].Dispose();
            _cohorts.RemoveAt(i);
        }
    }

    /// <summary>Makes a cohort of what waits; a request that must be repeatable gets one of its own.</summary>
    private bool Admit()
    {
        var together = new List<RunningReply>();
        var took = false;
        while (together.Count < MaxRows && waiting.TryRead(out var job))
        {
            took = true;
            if (Begin(job) is not { } reply)
                continue;
            if (job.Request.Sampling.Seed is null)
            {
                together.Add(reply);
                continue;
            }

            Add([reply]);
            break;
        }

        if (together.Count > 0)
            Add(together);
        return took;
    }

    /// <returns>Null where nobody waits for the reply any more, or it cannot begin.</returns>
    private RunningReply? Begin(GenerationJob job)
    {
        try
        {
            job.CancellationToken.ThrowIfCancellationRequested();
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

    private void Add(IEnumerable<RunningReply> replies) => _cohorts.Add(new Cohort(model, folder.Configuration.ContextLength, replies));

    private void Step(Cohort cohort)
    {
        try
        {
            cohort.Step();
        }
#pragma warning disable CA1031 // The callers get the exception; the worker goes on with the next requests.
        catch (Exception e)
#pragma warning restore CA1031
        {
            StepFailed(logger, e);
            cohort.Fail(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of the model failed.")]
    private static partial void StepFailed(ILogger logger, Exception exception);
}
