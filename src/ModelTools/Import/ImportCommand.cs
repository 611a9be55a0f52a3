using System.CommandLine;
using OnnxChat.Gpt2.Export;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Import;

/// <summary><c>onnxchat import</c>: a PyTorch checkpoint becomes a model folder.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var checkpoint = new Option<string>("--checkpoint") { Description = "Checkpoint: a .bin, .pt or .safetensors file, an index of shards, or a folder with one of them. It is read as data; nothing in it is run.", HelpName = "FILE|FOLDER", Required = true };
        var config = new Option<string?>("--config") { Description = "The model's config.json. Default: the one beside the weights; where there is none, the shape is told from the weights.", HelpName = "FILE" };
        var heads = new Option<int?>("--heads") { Description = "Attention heads, for weights without a config.json. Default: as many as are 64 wide each, as in every published GPT-2.", HelpName = "N" };
        heads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--heads must be 1 or more.");
        });
        var tokenizer = new Option<string>("--tokenizer") { Description = "Folder with tokenizer.json, or vocab.json and merges.txt. The card's special tokens are added where they are missing.", HelpName = "FOLDER", Required = true };
        var output = new Option<string>("--output") { Description = "Model folder to make; it appears when it is complete and checked.", HelpName = "FOLDER", Required = true };
        var precision = new Option<string>("--precision") { Description = "int8: small and fast, for serving on a CPU. f16: for GPUs. f32: the reference, four times the size of int8. int4: smaller than int8 and much less like the checkpoint; what it costs is measured and said.", DefaultValueFactory = _ => "int8" };
        precision.AcceptOnlyFromAmong([.. ModelPrecisionNames.All]);
        var template = new Option<string?>("--template") { Description = "File with the template: JSON with \"prompt\", \"roles\" or \"chat_template\" (docs/model-tools.md), a .jinja file, or the prompt as plain text with {system} and {user}. Default: the card's, which ends with a space.", HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "Name that services report. Default: the output folder's.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Say what was done as one JSON object on standard output." };
        var force = new Option<bool>("--force") { Description = "Replace the output folder if it exists." };

        var command = new Command("import", """
            Turns a PyTorch checkpoint of a GPT-2 conversation model into a model folder, and checks it against the checkpoint.

            Example:
              onnxchat import --checkpoint pytorch_model.bin --config config.json --tokenizer . --output models/shop
            """)
        {
            checkpoint, config, heads, tokenizer, output, precision, template, name, force, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ImportRequest(
                parsed.GetRequiredValue(checkpoint),
                parsed.GetValue(config),
                parsed.GetValue(heads),
                parsed.GetRequiredValue(tokenizer),
                parsed.GetRequiredValue(output),
                ModelPrecisionNames.Parse(parsed.GetRequiredValue(precision)),
                parsed.GetValue(template),
                parsed.GetValue(name),
                parsed.GetValue(force));
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

    private static ImportReport Run(ImportRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        using var progress = new ImportProgress(terminal.Error);
        return new Importer(request, progress).Run(cancellationToken);
    }
}
