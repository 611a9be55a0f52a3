using System.CommandLine;
using OnnxChat.Gpt2.Export;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Import;

namespace OnnxChat.Training.Export;

/// <summary><c>onnxchat-train export</c>: a run's best model becomes a model folder that OnnxChat serves.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new Argument<string>("RUN") { Description = "Folder made by 'onnxchat-train train'." };
        var output = new Option<string>("--output") { Description = "Model folder to make; it appears when it is complete and checked.", HelpName = "FOLDER", Required = true };
        var precision = new Option<string>("--precision") { Description = "How matrices are stored, as onnxchat import has it.", DefaultValueFactory = _ => "int8" };
        precision.AcceptOnlyFromAmong([.. ModelPrecisionNames.All]);
        var name = new Option<string?>("--name") { Description = "Name that services report. Default: the output folder's.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Say what was done as one JSON object on standard output." };
        var force = new Option<bool>("--force") { Description = "Replace the output folder if it exists." };

        var command = new Command("export", """
            Makes a model folder of a run's best model, checked against its weights, with a card that says how it was made.

            Example:
              onnxchat-train export run --output models/shop
            """)
        {
            run, output, precision, name, force, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ExportRequest(
                parsed.GetRequiredValue(run), parsed.GetRequiredValue(output), ModelPrecisionNames.Parse(parsed.GetRequiredValue(precision)), parsed.GetValue(name), parsed.GetValue(force));
            // Reading and writing block; Ctrl-C must not.
            var report = await Task.Run(() => Run(request, terminal, cancellationToken), CancellationToken.None).ConfigureAwait(false);
            if (parsed.GetValue(json))
                await terminal.Output.WriteLineAsync(ImportReportJson.Of(report)).ConfigureAwait(false);
            else
                await ImportReportText.WriteAsync(report, terminal.Output).ConfigureAwait(false);
            foreach (var warning in ImportReportText.Warnings(report))
                await terminal.Error.WriteLineAsync(warning).ConfigureAwait(false);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static ImportReport Run(ExportRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        using var progress = new ImportProgress(terminal.Error);
        return new RunExporter(request, progress).Run(cancellationToken);
    }
}
