using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Export;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Import;

/// <summary>Imports one checkpoint.</summary>
internal sealed class Importer(ImportRequest request, ImportProgress progress)
{
    /// <summary>Writes the model under a temporary name, checks it against the checkpoint and moves it to its place.</summary>
    public ImportReport Run(CancellationToken cancellationToken)
    {
        var template = request.Template is null ? PromptTemplate.Card : ModelTemplateFile.Read(Existing(request.Template, "--template"));
        var tokenizer = ReadTokenizer(template);

        progress.Stage($"Reading {request.Checkpoint}");
        using var checkpoint = Checkpoint.Open(request.Checkpoint);
        var configuration = ImportConfiguration.Read(checkpoint, request.Config, request.Heads);
        var shape = configuration.Shape;
        using var weights = Gpt2Weights.Open(checkpoint, shape);
        CheckVocabulary(tokenizer, shape);

        using var output = new OutputFolder(request.Output, request.Replace);
        tokenizer.Write(output.Path);
        var prompts = ImportTemplate.Of(template, request.Template ?? "the card's template", output.Path);
        var writer = new ModelFolderWriter(output.Path, tokenizer);
        progress.Stage($"Writing {request.Precision.Name()}");
        writer.WriteModel(weights, request.Precision, progress, cancellationToken);

        var name = request.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Output)));
        var provenance = new Provenance(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(checkpoint.Path)),
            checkpoint.ComputeSha256(cancellationToken),
            request.Precision,
            $"onnxchat {typeof(Importer).Assembly.GetName().Version!.ToString(3)}",
            Verification: null)
        {
            Configuration = configuration.Source,
        };
        // The check loads the folder as a service would, template included.
        writer.WriteManifest(name, template, provenance);

        progress.Stage("Checking the model against the checkpoint");
        var verification = new ImportVerification(weights);
        var measured = verification.Check(output.Path, request.Precision, cancellationToken);
        writer.WriteManifest(name, template, provenance with { Verification = measured });
        var beside = request.Precision == ModelPrecision.Int4 ? MeasureInt8() : null;

        var bytes = new DirectoryInfo(output.Path).EnumerateFiles().Sum(f => f.Length);
        return new ImportReport(output.Complete(), configuration, CountParameters(shape), tokenizer, request.Precision, prompts, bytes, measured, beside);

        // What int4 costs is only told by the form that one would take otherwise, on the same prompts.
        VerificationResult MeasureInt8()
        {
            progress.Stage("Measuring int8 beside it");
            var folder = Path.Combine(output.Path, "int8");
            Directory.CreateDirectory(folder);
            var int8 = new ModelFolderWriter(folder, tokenizer);
            int8.WriteModel(weights, ModelPrecision.Int8, progress, cancellationToken);
            int8.WriteManifest(name, template, provenance with { Precision = ModelPrecision.Int8 });
            var result = verification.Measure(folder, cancellationToken);
            Directory.Delete(folder, recursive: true);
            return result;
        }
    }

    private static string Existing(string path, string option) =>
        File.Exists(path) ? path : throw new UserException($"{option} {path}: there is no such file.");

    private static void CheckVocabulary(TokenizerFolder tokenizer, Gpt2Configuration shape)
    {
        if (tokenizer.Count <= shape.VocabularySize)
            return;
        var added = tokenizer.NewTokens.Count == 0 ? "" : $" with {string.Join(' ', tokenizer.NewTokens.Select(t => t.Content))} added";
        throw new UserException(
            $"The tokenizer has {tokenizer.Count} tokens{added}, the checkpoint's embedding {shape.VocabularySize} rows. " +
            "They must be of one model: give the tokenizer saved with the checkpoint, or, before saving, call model.resize_token_embeddings(len(tokenizer)).");
    }

    private static long CountParameters(Gpt2Configuration shape)
    {
        long width = shape.Width;
        var block = (4 * width * width) + (2 * width * shape.InnerWidth) + (9 * width) + shape.InnerWidth;
        var embeddings = width * (shape.VocabularySize + shape.Context);
        return embeddings + (shape.Layers * block) + (2 * width) + (shape.TiedHead ? 0 : width * shape.VocabularySize);
    }

    // A template with markers of its own has nothing to do with the card's, and the embedding no rows for them.
    private TokenizerFolder ReadTokenizer(ModelTemplate template)
    {
        if (!Directory.Exists(request.Tokenizer))
            throw new UserException($"--tokenizer {request.Tokenizer}: there is no such folder; give the one with tokenizer.json, or vocab.json and merges.txt.");
        var tokenizer = TokenizerFolder.Read(request.Tokenizer);
        return ImportTemplate.UsesCardTokens(template) ? tokenizer.WithCardTokens() : tokenizer;
    }
}
