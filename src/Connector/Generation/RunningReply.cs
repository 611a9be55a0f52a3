using System.Runtime.InteropServices;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Generation;

/// <summary>A reply that a worker is generating: the request's own sampler, decoder and tokens so far.</summary>
internal sealed class RunningReply
{
    private readonly GenerationJob _job;
    private readonly Sampler _sampler;
    private readonly HintedLogits _hinted;
    private readonly ReplyProgress _progress;
    private readonly ConfidenceMeter _confidence = new();
    private readonly List<int> _tokens;

    public RunningReply(GenerationJob job, ModelFolder folder)
    {
        _job = job;
        _sampler = new Sampler(job.Request.Sampling, folder.Configuration.VocabularySize);
        _sampler.Observe(job.Request.Prompt.Span);
        _hinted = new HintedLogits(job.Request.Hints, folder.Configuration.VocabularySize);
        _progress = new ReplyProgress(folder, job.Request);
        _tokens = [.. job.Request.Prompt.Span];
    }

    /// <summary>Prompt and reply so far.</summary>
    public ReadOnlyMemory<int> Tokens => _tokens.ToArray();

    /// <summary>Number of <see cref="Tokens"/>.</summary>
    public int Length => _tokens.Count;

    /// <summary>Tokens of the reply so far.</summary>
    public int Generated => _tokens.Count - _job.Request.Prompt.Length;

    /// <summary>Tokens that may still come.</summary>
    public int Remaining => _job.Request.MaxTokens - Generated;

    /// <summary>Whether the reply must be repeatable.</summary>
    public bool IsSeeded => _job.Request.Sampling.Seed is not null;

    /// <summary>Whether nobody wants the reply any more, or it is complete.</summary>
    public bool Ended => _job.Ended;

    /// <summary>Chooses the next token and passes its text on; ends the reply where it is due.</summary>
    /// <returns>The token.</returns>
    public int Advance(ReadOnlySpan<float> logits)
    {
        var token = _sampler.Next(_hinted.Apply(logits));
        // Of the model's own logits: how sure it was by itself.
        var logProbability = _confidence.Observe(logits, token);
        _hinted.Observe(logits, token, logProbability);
        _tokens.Add(token);
        _sampler.Observe(MemoryMarshal.CreateReadOnlySpan(ref token, 1));
        var (text, finish) = _progress.Step(token, last: Remaining == 0);
        _job.Write(new GenerationStep(token, logProbability, text, finish, finish is null ? null : _confidence.Confidence(_hinted.Choice)));
        if (finish is not null)
            _job.Complete();
        return token;
    }

    /// <summary>Ends the reply with an error.</summary>
    public void Fail(Exception error) => _job.Complete(error);
}
