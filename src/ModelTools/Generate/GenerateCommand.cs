using System.CommandLine;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Generate;

/// <summary><c>onnxchat generate</c>: questions in, answers out, one JSON object a line.</summary>
internal static class GenerateCommand
{
    private const int UsualParallel = 128;
    private const int MostParallel = 4096;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string>("--model") { Description = "Model folder.", HelpName = "FOLDER", Required = true };
        var input = new Option<string>("--input") { Description = "Questions, one JSON object a line with \"user\" and, if you like, \"system\"; - for standard input.", HelpName = "FILE|-", Required = true };
        var output = new Option<string>("--output") { Description = "Answers, one JSON object a line; - for standard output.", HelpName = "FILE|-", Required = true };
        var parallel = new Option<int?>("--parallel") { Description = "Questions under way at once, 1 to 4,096. Default: 128. 1 answers one at a time: int8 then gives the same reply whatever else is asked.", HelpName = "N" };
        var resume = new Option<bool>("--resume") { Description = "Go on from what a stopped run left in OUTPUT.partial, or after the answers in OUTPUT." };
        var skipBadLines = new Option<bool>("--skip-bad-lines") { Description = "Name lines that are no question and pass over them. Default: the first one ends the run." };
        var settings = new ReplyOptions();

        var command = new Command("generate", """
            Answers a file of questions. "text" is the reply; "tokens" is all that the model gave until its end token.

            Example:
              echo '{"user": "Where is my order?"}' | onnxchat generate --model models/starter --input - --output - --greedy
            """)
        {
            model, input, output, parallel, resume, skipBadLines,
        };
        settings.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(parallel) is < 1 or > MostParallel)
                result.AddError($"--parallel {result.GetValue(parallel)}: it takes 1 to {MostParallel}.");
            if (result.GetValue(resume) && result.GetValue(output) == GenerateRequest.Standard)
                result.AddError("--resume goes on in a file; give --output FILE.");
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = new GenerateRequest
            {
                Model = parsed.GetRequiredValue(model),
                Input = parsed.GetRequiredValue(input),
                Output = parsed.GetRequiredValue(output),
                Settings = settings.Read(parsed),
                Parallel = parsed.GetValue(parallel) ?? UsualParallel,
                Resume = parsed.GetValue(resume),
                SkipBadLines = parsed.GetValue(skipBadLines),
            };
            return new Generator(request, terminal).RunAsync(cancellationToken);
        });
        return command;
    }
}
