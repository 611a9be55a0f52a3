using System.Diagnostics;
using OnnxChat.Throughput.Llama;

namespace OnnxChat.Throughput.Engines;

/// <summary>llama.cpp: prompts as many at a time as it computes at once, then every sequence's token in one batch.</summary>
internal sealed class LlamaEngine : IEngine
{
    private readonly LlamaModel _model;
    private readonly Dictionary<int, LlamaSettings> _settings = [];
    private LlamaSession? _session;

    public LlamaEngine(string path)
    {
        LlamaLibrary.Load();
        _model = new LlamaModel(path);
    }

    public string Tune(Workload workload)
    {
        var tried = LlamaSettings.Candidates(workload.Requests * workload.PromptTokens).Select(Try).ToList();
        tried.Add(Try(tried.MinBy(t => t.Seconds).Settings.HalfTheThreads()));
        var best = tried.MinBy(t => t.Seconds).Settings;
        _settings[workload.Requests] = best;
        return best.ToString();

        (double Seconds, LlamaSettings Settings) Try(LlamaSettings settings)
        {
            // The first run of a context is slower than those that follow.
            var session = SessionOf(settings, workload);
            return (Enumerable.Range(0, 3).Min(_ => Run(session, workload).Seconds), settings);
        }
    }

    public Task<(int Tokens, double Seconds, double[] FirstTokenSeconds)> RunAsync(Workload workload)
    {
        if (workload.Arrival != Arrival.Together)
            throw new NotSupportedException("llama.cpp itself has no queue: what comes at other times is a matter of the program around it.");
        return Task.FromResult(Run(SessionOf(SettingsOf(workload.Requests), workload), workload));
    }

    public int[] Tokens(int[] prompt, int tokens)
    {
        using var session = _model.Start(LlamaSettings.Default, 1, prompt.Length + tokens);
        var reply = new int[tokens];
        int[] next = [0];
        session.Prefill([prompt], 0, next);
        for (var i = 0; i < tokens; i++)
        {
            reply[i] = next[0];
            session.Step(next, prompt.Length + i);
        }

        return reply;
    }

    public ValueTask DisposeAsync()
    {
        _session?.Dispose();
        _model.Dispose();
        return ValueTask.CompletedTask;
    }

    private static (int Tokens, double Seconds, double[] FirstTokenSeconds) Run(LlamaSession session, Workload workload)
    {
        session.Clear();
        var prompts = workload.Prompts();
        var next = new int[prompts.Length];
        var firsts = new double[prompts.Length];
        var watch = Stopwatch.StartNew();
        for (var done = 0; done < prompts.Length;)
        {
            var run = session.Prefill(prompts, done, next);
            firsts.AsSpan(done, run).Fill(watch.Elapsed.TotalSeconds);
            done += run;
        }

        for (var step = 1; step < workload.NewTokens; step++)
            session.Step(next, workload.PromptTokens + step - 1);
        return (workload.Requests * workload.NewTokens, watch.Elapsed.TotalSeconds, firsts);
    }

    /// <summary>The settings found for the most requests that are not more than these.</summary>
    private LlamaSettings SettingsOf(int requests) =>
        _settings.Where(s => s.Key <= requests).OrderByDescending(s => s.Key).Select(s => s.Value).FirstOrDefault(LlamaSettings.Default);

    /// <summary>The context is not part of the time, and only the last one stays in memory.</summary>
    private LlamaSession SessionOf(LlamaSettings settings, Workload workload)
    {
        var tokens = workload.PromptTokens + workload.NewTokens;
        if (_session is { } last && last.Settings == settings && last.Sequences == workload.Requests && last.Tokens == tokens)
            return last;
        _session?.Dispose();
        _session = null;
        return _session = _model.Start(settings, workload.Requests, tokens);
    }
}
