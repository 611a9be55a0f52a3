using OnnxChat.ModelTools;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Import;
using OnnxChat.Training.Runs;

namespace OnnxChat.Training.Export;

/// <summary>Turns a run's best model into a model folder with its card.</summary>
internal sealed class RunExporter(ExportRequest request, ImportProgress progress)
{
    private const string Card = "README.md";
    private const string Curves = "curves.svg";

    public ImportReport Run(CancellationToken cancellationToken)
    {
        var folder = new RunFolder(request.Run);
        var description = folder.Read();
        if (!Directory.Exists(folder.Model))
            throw new UserException($"{folder.Path} has no model yet: it is kept at the run's first evaluation. Go on with 'onnxchat-train train --resume'.");

        var import = new ImportRequest(
            folder.Model, Config: null, Heads: null, Tokenizer: folder.Model, request.Output, request.Precision,
            Path.Combine(folder.Model, "template.json"), request.Name, request.Replace);
        var report = new Importer(import, progress).Run(cancellationToken);
        var metrics = MetricsFile.Open(folder.Metrics, long.MaxValue).Lines;
        var hasCurves = File.Exists(folder.Curves);
        if (hasCurves)
            WholeFile.Write(Path.Combine(report.Folder, Curves), partial => File.Copy(folder.Curves, partial));
        var card = new ModelCard(description, metrics, report, hasCurves ? Curves : null);
        WholeFile.Write(Path.Combine(report.Folder, Card), partial => File.WriteAllText(partial, card.Text));
        return report;
    }
}
