using System.Text;
using System.Threading.Channels;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;

namespace OnnxChat.ModelTools.Generate;

/// <summary>Has several questions under way at once and gives their answers in the questions' order.</summary>
internal sealed class AnswerPipeline(LoadedModel model, int parallel)
{
    /// <summary>Answers questions.</summary>
    /// <param name="questions">Read only as far as there is room.</param>
    /// <param name="write">Gets each answer.</param>
    /// <param name="cancellationToken">Stops all that is under way.</param>
    public async Task RunAsync(IAsyncEnumerable<NumberedQuestion> questions, Func<GenerateAnswer, Task> write, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var room = new SemaphoreSlim(parallel);
        var running = Channel.CreateUnbounded<Task<GenerateAnswer>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var starting = StartAsync(questions, running.Writer, room, stopping.Token);
        try
        {
            await foreach (var answer in running.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await write(await answer.ConfigureAwait(false)).ConfigureAwait(false);
                room.Release();
            }
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await starting.ConfigureAwait(false);
            while (running.Reader.TryRead(out var left))
                await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Starts a question whenever there is room. What goes wrong reaches the reader, after the answers before it.</summary>
    private async Task StartAsync(IAsyncEnumerable<NumberedQuestion> questions, ChannelWriter<Task<GenerateAnswer>> running, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var question in questions.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await room.WaitAsync(cancellationToken).ConfigureAwait(false);
                running.TryWrite(AnswerAsync(question, cancellationToken));
            }

            running.TryComplete();
        }
#pragma warning disable CA1031 // The reader of the channel gets the exception.
        catch (Exception e)
#pragma warning restore CA1031
        {
            running.TryComplete(e);
        }
    }

    private async Task<GenerateAnswer> AnswerAsync(NumberedQuestion numbered, CancellationToken cancellationToken)
    {
        var (_, question, request) = numbered;
        var tokens = new List<int>();
        var text = new StringBuilder();
        var finish = GenerationFinish.Stop;
        OnnxChatConfidence? confidence = null;
        await foreach (var step in model.GenerateAsync(request, cancellationToken).ConfigureAwait(false))
        {
            tokens.Add(step.Token);
            text.Append(step.Text);
            finish = step.Finish ?? finish;
            confidence = step.Confidence ?? confidence;
        }

        if (confidence is null)
            throw new InvalidOperationException("The reply ended without a confidence.");
        return new GenerateAnswer(
            question.User,
            question.System,
            request.Prompt.ToArray(),
            tokens,
            text.ToString(),
            finish == GenerationFinish.Stop ? "stop" : "length",
            ConfidenceFigures.Of(confidence),
            confidence.Score is null ? null : confidence.BelowThreshold);
    }
}
