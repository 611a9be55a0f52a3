using System.Threading.Channels;

namespace OnnxChat.Connector.Generation;

/// <summary>A request on its way: written by a worker, read by the caller.</summary>
internal sealed class GenerationJob
{
    private readonly Channel<GenerationStep> _steps;

    public GenerationJob(GenerationRequest request, CancellationToken cancellationToken)
    {
        Request = request;
        CancellationToken = cancellationToken;
        // Room for the whole reply, so that a slow reader never holds a worker up.
        _steps = Channel.CreateBounded<GenerationStep>(new BoundedChannelOptions(request.MaxTokens + 1)
        {
            SingleReader = true,
            SingleWriter = true,
        });
    }

    public GenerationRequest Request { get; }

    /// <summary>The caller's wish to stop.</summary>
    public CancellationToken CancellationToken { get; }

    public ChannelReader<GenerationStep> Steps => _steps.Reader;

    public void Write(GenerationStep step)
    {
        if (!_steps.Writer.TryWrite(step))
            throw new InvalidOperationException($"A reply of at most {Request.MaxTokens} tokens gave more.");
    }

    /// <summary>Ends the job, with an error where there is one; only the first call counts.</summary>
    public void Complete(Exception? error = null) => _steps.Writer.TryComplete(error);
}
