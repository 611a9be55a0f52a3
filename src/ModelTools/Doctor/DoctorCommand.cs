using System.CommandLine;
using System.Text.Json;
using OnnxChat.Connector;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Doctor.Checks;

namespace OnnxChat.ModelTools.Doctor;

/// <summary><c>onnxchat doctor</c>: what is there, what is not as it should be, and what to do about it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Model folder. Default: the starter model.", HelpName = "FOLDER" };
        var provider = new Option<OnnxChatExecutionProvider?>("--provider") { Description = "What is to compute the model. Default: what the folder names.", HelpName = "Cpu|Cuda|DirectML" };
        var port = new Option<int>("--port") { Description = "Port that the bot host is to listen on.", HelpName = "PORT", DefaultValueFactory = _ => PortCheck.BotHost };
        var json = new Option<bool>("--json") { Description = "Write the checks as JSON." };
        var command = new Command("doctor", """
            Looks at all that a service needs: runtime, model folder, provider, processors, memory, port, credentials.

            Example:
              onnxchat doctor --model models/starter
            """)
        {
            model, provider, port, json,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 65_535)
                result.AddError($"--port is {result.GetValueOrDefault<int>()}; it takes 1 to 65535.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(model) ?? StarterModel.Find();
            ICheck[] checks =
            [
                new RuntimeCheck(),
                new ModelFolderCheck(folder),
                new ProvidersCheck(folder),
                new ReplyCheck(folder, parsed.GetValue(provider)),
                new ProcessorCheck(Environment.ProcessorCount),
                new MemoryCheck(folder, MemoryCheck.FreeNow()),
                new PortCheck(parsed.GetValue(port)),
                new CredentialsCheck(Environment.GetEnvironmentVariable),
            ];
            return await ReportAsync(checks, parsed.GetValue(json), terminal.Output, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> ReportAsync(IEnumerable<ICheck> checks, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        await foreach (var result in Examination.RunAsync(checks, cancellationToken).ConfigureAwait(false))
        {
            results.Add(result);
            if (!json)
                await WriteAsync(result, output).ConfigureAwait(false);
        }

        if (json)
            await output.WriteLineAsync(JsonSerializer.Serialize(results, JsonText.Options)).ConfigureAwait(false);
        return results.Exists(r => r.Status == CheckStatus.Fail) ? ExitCodes.Failed : ExitCodes.Fine;
    }

    private static async Task WriteAsync(CheckResult result, TextWriter output)
    {
        await output.WriteLineAsync($"{result.Status.ToString().ToLowerInvariant(),-5} {result.Check,-13} {result.Found}").ConfigureAwait(false);
        if (result.Remedy is not null)
            await output.WriteLineAsync($"{"",-19} -> {result.Remedy}").ConfigureAwait(false);
    }
}
