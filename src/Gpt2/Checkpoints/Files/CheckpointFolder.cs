namespace OnnxChat.Gpt2.Checkpoints.Files;

/// <summary>Finds the weights in a folder.</summary>
internal static class CheckpointFolder
{
    // The order in which transformers looks for them.
    private static readonly string[] Known =
        ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"];

    private static readonly string[] Extensions = [".safetensors", ".bin", ".pt", ".pth"];

    // What transformers' Trainer saves beside the weights.
    private static readonly string[] NotWeights = ["training_args.bin", "optimizer.bin", "optimizer.pt", "scheduler.pt", "scaler.pt"];

    public static string Find(string folder)
    {
        string[] names;
        try
        {
            names = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (CheckpointFile.IsFileError(exception))
        {
            throw new CheckpointException(folder, $"the folder cannot be read ({exception.Message}).", "Check its permissions.", exception);
        }

        if (Known.FirstOrDefault(names.Contains) is { } known)
            return Path.Combine(folder, known);

        var candidates = names.Where(IsWeights).ToArray();
        return candidates switch
        {
            [var only] => Path.Combine(folder, only),
            [] => throw new CheckpointException(
                folder, $"the folder holds no weights; it has {List(names)}.", $"Expected {string.Join(", ", Known)}, or one *{string.Join(", *", Extensions)}."),
            _ => throw new CheckpointException(
                folder, $"the folder holds {candidates.Length} files that may be the weights: {List(candidates)}.", "Give the path of one of them."),
        };
    }

    private static bool IsWeights(string name) =>
        Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
        && !NotWeights.Contains(name)
        && !name.StartsWith("rng_state", StringComparison.Ordinal);

    private static string List(string[] names) => names.Length switch
    {
        0 => "no files",
        <= 10 => string.Join(", ", names),
        _ => $"{string.Join(", ", names.Take(10))} and {names.Length - 10} more",
    };
}
