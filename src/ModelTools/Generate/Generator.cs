using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Generate;

/// <summary>Answers a file of questions.</summary>
internal sealed class Generator(GenerateRequest request, Terminal terminal)
{
    private int _written;

    /// <summary>Writes one line an answer, in the questions' order. A file appears when it is complete.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        request.Settings.Validate();
        if (request.Input != GenerateRequest.Standard && !File.Exists(request.Input))
            throw new UserException($"--input {request.Input}: there is no such file; give a file of JSON lines, or - for standard input.");

        // Questions wait for as long as those before them take.
        var options = new OnnxChatOptions { ModelPath = request.Model, QueueLimit = request.Parallel, RequestTimeout = Timeout.InfiniteTimeSpan };
        await using var model = LoadedModel.Load(options, NullLogger.Instance);
        var reader = new QuestionReader(request, terminal, model);
        if (request.Output == GenerateRequest.Standard)
            await AnswerAsync(model, reader.ReadAsync(cancellationToken), terminal.Output, null, cancellationToken).ConfigureAwait(false);
        else if (!await AnswerToFileAsync(model, reader, cancellationToken).ConfigureAwait(false))
            return ExitCodes.Interrupted;

        if (reader.Skipped > 0)
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{_written} answers; {reader.Skipped} lines skipped.")).ConfigureAwait(false);
        return ExitCodes.Fine;
    }

    /// <returns>False where it was stopped, and the answers so far are kept.</returns>
    private async Task<bool> AnswerToFileAsync(LoadedModel model, QuestionReader reader, CancellationToken cancellationToken)
    {
        // A bad line is found before hours of work, not after them.
        var questions = await reader.ReadAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        await using var output = PartialFile.Open(request.Output, request.Resume);
        RequireSameQuestions(output.Answered, questions);
        _written = output.Answered.Count;
        try
        {
            await AnswerAsync(model, questions.Skip(_written).ToAsyncEnumerable(), output.Writer, questions.Count, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync($"Stopped after {_written} of {questions.Count} answers; they are in {PartialFile.PathOf(request.Output)}. The same command with --resume goes on.").ConfigureAwait(false);
            return false;
        }

        await output.CompleteAsync().ConfigureAwait(false);
        return true;
    }

    private async Task AnswerAsync(LoadedModel model, IAsyncEnumerable<NumberedQuestion> questions, TextWriter output, int? total, CancellationToken cancellationToken)
    {
        using var status = new StatusLine(terminal);
        await new AnswerPipeline(model, request.Parallel).RunAsync(questions, WriteAsync, cancellationToken).ConfigureAwait(false);

        async Task WriteAsync(GenerateAnswer answer)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, JsonText.Options).AsMemory(), cancellationToken).ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            _written++;
            if (total is not null)
                status.Show($"{100 * _written / total,3} %  {_written} of {total} answers");
        }
    }

    private void RequireSameQuestions(IReadOnlyList<GenerateQuestion> answered, List<NumberedQuestion> questions)
    {
        for (var i = 0; i < answered.Count; i++)
        {
            if (i >= questions.Count || answered[i] != questions[i].Question)
                throw new UserException($"--resume: answer {i + 1} in {PartialFile.PathOf(request.Output)} is to '{answered[i].User}', which is not question {i + 1} of the input. Give the input it was made from, or delete the file to start again.");
        }
    }
}
