using System.Runtime.CompilerServices;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Generate;

/// <summary>Reads questions and makes their prompts.</summary>
internal sealed class QuestionReader(GenerateRequest request, Terminal terminal, LoadedModel model)
{
    /// <summary>Lines passed over.</summary>
    public int Skipped { get; private set; }

    /// <exception cref="UserException">A line is no question, or too long for the model, and none may be passed over.</exception>
    public async IAsyncEnumerable<NumberedQuestion> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var file = request.Input == GenerateRequest.Standard ? null : new StreamReader(request.Input);
        var input = file ?? terminal.Input;
        // Nothing ends a read of a console but its line; when the run is stopped it is left behind.
        for (var number = 1; await Task.Run(input.ReadLine, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line) && Read(line, number) is { } question)
                yield return question;
        }
    }

    private NumberedQuestion? Read(string line, int number)
    {
        try
        {
            var question = GenerateQuestion.Parse(line, number);
            return new NumberedQuestion(number, question, Prepare(question, number));
        }
        catch (UserException e) when (request.SkipBadLines)
        {
            terminal.Error.WriteLine($"skipped: {e.Message}");
            Skipped++;
            return null;
        }
    }

    private GenerationRequest Prepare(GenerateQuestion question, int number)
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
