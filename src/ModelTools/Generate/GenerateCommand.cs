using System.CommandLine;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Generate;

/// <summary><c>onnxchat generate</c>: questions in, answers out, one JSON object a line.</summary>
internal static class GenerateCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Option<string>("--model") { Description = "Model folder.", HelpName = "FOLDER", Required = true };
        var input = new Option<string>("--input") { Description = "Questions, one JSON object a line with \"user\" and, if you like, \"system\"; - for standard input.", HelpName = "FILE|-", Required = true };
        var output = new Option<string>("--output") { Description = "Answers, one JSON object a line; - for standard output.", HelpName = "FILE|-", Required = true };
        var settings = new ReplyOptions();

        var command = new Command("generate", """
            Answers a file of questions. "text" is the reply; "tokens" is all that the model gave until its end token.

            Example:
              echo '{"user": "Where is my order?"}' | onnxchat generate --model models/starter --input - --output - --greedy
            """)
        {
            model, input, output,
        };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new GenerateRequest(parsed.GetRequiredValue(model), parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), settings.Read(parsed));
            await new Generator(request, terminal).RunAsync(cancellationToken).ConfigureAwait(false);
            return ExitCodes.Fine;
        });
        return command;
    }
}
