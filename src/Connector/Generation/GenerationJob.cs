using System.Threading.Channels;

namespace OnnxChat.Connector.Generation;

/// <summary>A request on its way: written by a worker, read by the caller.</summary>
internal sealed class GenerationJob
{
    private readonly Channel<GenerationStep> _steps;
    private volatile bool _ended;

    public GenerationJob(GenerationRequest request)
    {
        Request = request;
        // Room for the whole reply, so that a slow reader never holds a worker up.
        _steps = Channel.CreateBounded<GenerationStep>(new BoundedChannelOptions(request.MaxTokens + 1)
        {
            SingleReader = true,
            SingleWriter = true,
        });
    }

    public GenerationRequest Request { get; }

    /// <summary>Where it waits; owned by <see cref="AdmissionQueue"/>.</summary>
    public LinkedListNode<GenerationJob>? Place { get; set; }

    /// <summary>Whether the reply is complete, or nobody wants it any more.</summary>
    public bool Ended => _ended;

    /// <summary>What was written; ends with the error that the job was completed with.</summary>
    public IAsyncEnumerable<GenerationStep> ReadAllAsync() => _steps.Reader.ReadAllAsync(CancellationToken.None);

    public void Write(GenerationStep step)
    {
        if (!_steps.Writer.TryWrite(step) && !_ended)
            throw new InvalidOperationException($"A reply of at most {Request.MaxTokens} tokens gave more.");
    }

    /// <summary>Ends the job, with an error where there is one; only the first call counts.</summary>
    public void Complete(Exception? error = null)
    {
        _ended = true;
        _steps.Writer.TryComplete(error);
    }
}
