using System.Globalization;
using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Import;

/// <summary>A model's shape, and in words where it is known from.</summary>
internal sealed record ImportConfiguration(Gpt2Configuration Shape, string Source)
{
    private const string FileName = "config.json";

    /// <summary>
    /// Takes the file that was given, else the one beside the weights, which transformers always saves, else what the
    /// weights' shapes tell.
    /// </summary>
    /// <exception cref="UserException">There is no such file, or it has another number of heads than was given.</exception>
    /// <exception cref="CheckpointException">The configuration cannot be used, or not be told.</exception>
    public static ImportConfiguration Read(Checkpoint checkpoint, string? config, int? heads)
    {
        if ((config ?? Beside(checkpoint)) is not { } path)
            return Infer(checkpoint, heads);
        if (!File.Exists(path))
            throw new UserException($"--config {path}: there is no such file. Without --config the shape is told from the weights.");

        var shape = Gpt2ConfigurationFile.Read(path);
        return heads is null || heads == shape.Heads
            ? new ImportConfiguration(shape, config is null ? $"{FileName} beside the weights" : FileName)
            : throw new UserException($"--heads {heads}: {path} says {shape.Heads} (n_head). Leave out --heads, or mend the file.");
    }

    private static string? Beside(Checkpoint checkpoint)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(checkpoint.Files[0])) ?? "", FileName);
        return File.Exists(path) ? path : null;
    }

    private static ImportConfiguration Infer(Checkpoint checkpoint, int? heads)
    {
        var shape = Gpt2ConfigurationInference.Infer(checkpoint, heads);
        var source = heads is null
            ? $"n_head {shape.Heads} assumed ({Gpt2ConfigurationInference.UsualHeadWidth} wide each; --heads says otherwise)"
            : $"n_head {shape.Heads} from --heads";
        return new ImportConfiguration(
            shape,
            string.Create(CultureInfo.InvariantCulture, $"told from the weights' shapes; {source}; gelu_new and layer_norm_epsilon {shape.LayerNormEpsilon} assumed"));
    }
}
