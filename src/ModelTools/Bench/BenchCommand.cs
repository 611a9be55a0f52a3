using System.CommandLine;
using System.Text.Json;
using OnnxChat.Connector;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Bench;

/// <summary><c>onnxchat bench</c>: how fast a model folder is on this machine.</summary>
internal static class BenchCommand
{
    private const int MostConcurrent = 1024;
    private const int UsualMaxTokens = 64;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Model folder. Default: models/starter, beside the program or in the checkout.", HelpName = "FOLDER" };
        var concurrency = new Option<string?>("--concurrency") { Description = "Requests under way at once, each figure measured by itself. Default: 1,4,16.", HelpName = "N,N,..." };
        var requests = new Option<int?>("--requests") { Description = "Requests at each figure. Default: four for each under way, at least 16.", HelpName = "N" };
        var maxTokens = new Option<int?>("--max-tokens") { Description = "Most tokens of a reply. Default: 64.", HelpName = "N" };
        var threads = new Option<int?>("--threads") { Description = "Threads that compute one step. Default: the service's.", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Write the figures to standard output as one JSON object." };

        var command = new Command("bench", """
            Measures tokens a second, time to the first token and memory of a model on this machine.

            Example:
              onnxchat bench --model models/starter --concurrency 1,4
            """)
        {
            model, concurrency, requests, maxTokens, threads, json,
        };
        command.Validators.Add(result =>
        {
            if (Levels(result.GetValue(concurrency)) is null)
                result.AddError($"--concurrency {result.GetValue(concurrency)}: it takes numbers from 1 to {MostConcurrent}, such as 1,4,16.");
            if (result.GetValue(requests) is < 1)
                result.AddError($"--requests {result.GetValue(requests)}: it takes 1 or more.");
            if (result.GetValue(maxTokens) is < 1)
                result.AddError($"--max-tokens {result.GetValue(maxTokens)}: it takes 1 or more.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new BenchRequest(Levels(parsed.GetValue(concurrency))!, parsed.GetValue(requests), parsed.GetValue(maxTokens) ?? UsualMaxTokens);
            var options = new OnnxChatOptions
            {
                ModelPath = parsed.GetValue(model) ?? StarterModel.Find(),
                Threads = parsed.GetValue(threads),
                QueueLimit = MostConcurrent,
                RequestTimeout = Timeout.InfiniteTimeSpan,
            };
            options.Validate();
            BenchResult result;
            using (var status = new StatusLine(terminal))
                result = await new ModelBench(request, options, status, TimeProvider.System).RunAsync(cancellationToken).ConfigureAwait(false);

            if (parsed.GetValue(json))
                await terminal.Output.WriteLineAsync(JsonSerializer.Serialize(result, JsonText.Options)).ConfigureAwait(false);
            else
                await BenchText.WriteAsync(result, terminal.Output).ConfigureAwait(false);
            return ExitCodes.Fine;
        });
        return command;
    }

    /// <returns>Null where the text is no list of such numbers.</returns>
    private static List<int>? Levels(string? text)
    {
        if (text is null)
            return [1, 4, 16];
        var levels = new List<int>();
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, out var level) || level is < 1 or > MostConcurrent)
                return null;
            levels.Add(level);
        }

        return levels;
    }
}
