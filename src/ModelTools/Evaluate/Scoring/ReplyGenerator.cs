using System.Text;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;

namespace OnnxChat.ModelTools.Evaluate.Scoring;

/// <summary>
/// Answers many questions with the service's own cohorts. Which questions share a cohort depends on nothing but the
/// questions, so that the same command gives the same replies, which int8 promises for equal batches only.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="limits">What a cohort may hold.</param>
internal sealed class ReplyGenerator(LoadedModel model, CohortLimits limits)
{
    private readonly CohortPlanner _planner = new(limits);

    /// <summary>Answers every request.</summary>
    /// <param name="requests">Requests made by <see cref="LoadedModel.Prepare(string, string, ReplySettings)"/>.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    public async Task<IReadOnlyList<GeneratedReply>> GenerateAsync(IReadOnlyList<GenerationRequest> requests, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var jobs = requests.Select(request => new GenerationJob(request)).ToList();
        // Prompts of like length together: shorter ones are filled up to the longest.
        var waiting = new Queue<GenerationJob>(jobs.OrderBy(job => job.Request.Prompt.Length));
        var pending = new List<RunningReply>();
        while (waiting.Count + pending.Count > 0)
        {
            while (pending.Count < limits.Rows && waiting.TryDequeue(out var job))
                pending.Add(new RunningReply(job, model.Folder));
            Run(pending, cancellationToken);
            progress.Report(1 - ((double)(waiting.Count + pending.Count) / jobs.Count));
        }

        var replies = new List<GeneratedReply>();
        foreach (var job in jobs)
            replies.Add(await CollectAsync(job).ConfigureAwait(false));
        return replies;
    }

    /// <summary>Runs one cohort until its replies have ended or its cache is full; then those that are left wait again.</summary>
    private void Run(List<RunningReply> pending, CancellationToken cancellationToken)
    {
        var replies = _planner.TakeNext(pending, limits.CacheTokens);
        using var cohort = new Cohort(model.Model, replies, _planner.Capacity(replies), limits.PrefillChunk);
        while (cohort.Rows > 0 && !cohort.Full)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cohort.Step();
        }

        pending.AddRange(cohort.Live);
    }

    private static async Task<GeneratedReply> CollectAsync(GenerationJob job)
    {
        var text = new StringBuilder();
        var trimmer = new ReplyTrimmer();
        var tokens = 0;
        GenerationStep last = default;
        await foreach (var step in job.ReadAllAsync().ConfigureAwait(false))
        {
            tokens++;
            text.Append(trimmer.Append(step.Text));
            last = step;
        }

        var confidence = last.Confidence ?? throw new InvalidOperationException("The reply ended without a confidence.");
        return new GeneratedReply(text.ToString(), tokens, last.Finish == GenerationFinish.Stop, confidence);
    }
}
