using System.CommandLine;
using OnnxChat.Connector.Chat;
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
        var greedy = new Option<bool>("--greedy") { Description = "Take the most likely token at every step." };
        var temperature = new Option<double?>("--temperature") { Description = "Divides the logits: 0 (greedy) to 100. Default: the model folder's." };
        var topK = new Option<int?>("--top-k") { Description = "Most likely tokens to choose from; 0 for all. Default: the model folder's." };
        var topP = new Option<double?>("--top-p") { Description = "Probability of the tokens to choose from, above 0 to 1. Default: the model folder's." };
        var maxTokens = new Option<int?>("--max-tokens") { Description = "Most tokens to generate. Default: what the context leaves." };
        var seed = new Option<long?>("--seed") { Description = "Makes sampling repeatable." };

        var command = new Command("generate", """
            Answers a file of questions. "text" is the reply; "tokens" is all that the model gave until its end token.

            Example:
              echo '{"user": "Where is my order?"}' | onnxchat generate --model models/starter --input - --output - --greedy
            """)
        {
            model, input, output, greedy, temperature, topK, topP, maxTokens, seed,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(greedy) && (result.GetValue(temperature) ?? 0) != 0)
                result.AddError("--greedy and --temperature contradict each other; give one of them.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new ReplySettings
            {
                MaxTokens = parsed.GetValue(maxTokens),
                Temperature = parsed.GetValue(greedy) ? 0 : parsed.GetValue(temperature),
                TopK = parsed.GetValue(topK),
                TopP = parsed.GetValue(topP),
                Seed = parsed.GetValue(seed),
            };
            var request = new GenerateRequest(parsed.GetRequiredValue(model), parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), settings);
            await new Generator(request, terminal).RunAsync(cancellationToken).ConfigureAwait(false);
            return ExitCodes.Fine;
        });
        return command;
    }
}
