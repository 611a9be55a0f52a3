using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Generate;

/// <summary>Answers a file of questions.</summary>
internal sealed class Generator(GenerateRequest request, Terminal terminal)
{
    private const string Standard = "-";

    /// <summary>Writes one line an answer, in the questions' order. A file appears when it is complete.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        request.Settings.Validate();
        if (request.Input != Standard && !File.Exists(request.Input))
            throw new UserException($"--input {request.Input}: there is no such file; give a file of JSON lines, or - for standard input.");

        await using var model = LoadedModel.Load(new OnnxChatOptions { ModelPath = request.Model }, NullLogger.Instance);
        if (request.Output == Standard)
        {
            await AnswerAllAsync(model, terminal.Output, cancellationToken).ConfigureAwait(false);
            return;
        }

        var target = Path.GetFullPath(request.Output);
        var temporary = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            await using (var output = new StreamWriter(temporary))
                await AnswerAllAsync(model, output, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task AnswerAllAsync(LoadedModel model, TextWriter output, CancellationToken cancellationToken)
    {
        using var file = request.Input == Standard ? null : new StreamReader(request.Input);
        var input = file ?? terminal.Input;
        for (var number = 1; await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var answer = await AnswerAsync(model, GenerateQuestion.Parse(line, number), number, cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, JsonText.Options).AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<GenerateAnswer> AnswerAsync(LoadedModel model, GenerateQuestion question, int number, CancellationToken cancellationToken)
    {
        var generation = Prepare(model, question, number);
        var tokens = new List<int>();
        var text = new StringBuilder();
        var finish = GenerationFinish.Stop;
        await foreach (var step in model.GenerateAsync(generation, cancellationToken).ConfigureAwait(false))
        {
            tokens.Add(step.Token);
            text.Append(step.Text);
            finish = step.Finish ?? finish;
        }

        return new GenerateAnswer(
            question.User, question.System, generation.Prompt.ToArray(), tokens, text.ToString(), finish == GenerationFinish.Stop ? "stop" : "length");
    }

    private GenerationRequest Prepare(LoadedModel model, GenerateQuestion question, int number)
    {
        try
        {
            return model.Prepare(question.User, question.System, request.Settings) with { WholeContinuation = true };
        }
        catch (OnnxChatPromptTooLongException e)
        {
            throw new UserException($"Line {number} of the input: {e.Message}", e);
        }
    }
}
