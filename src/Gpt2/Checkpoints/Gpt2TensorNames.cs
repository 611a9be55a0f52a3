using System.Text.RegularExpressions;

namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>Maps a checkpoint's names to those of <see cref="IGpt2Weights"/>.</summary>
internal static partial class Gpt2TensorNames
{
    // transformers' GPT2LMHeadModel, DataParallel, torch.compile, Lightning.
    private static readonly string[] Prefixes = ["transformer.", "module.", "_orig_mod.", "model."];

    /// <summary>Names without prefixes, each with the name that the file has; buffers are left out.</summary>
    public static Dictionary<string, string> Map(Checkpoint checkpoint)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tensor in checkpoint.Tensors)
        {
            var name = Strip(tensor.Name);
            if (Buffer().IsMatch(name))
                continue;
            if (!names.TryAdd(name, tensor.Name))
                throw new CheckpointException(
                    checkpoint.Path, $"both '{names[name]}' and '{tensor.Name}' are '{name}' of a GPT-2.", "Save one model alone: torch.save(model.state_dict(), path).");
        }

        return names;
    }

    private static string Strip(string name)
    {
        var start = 0;
        while (Prefixes.FirstOrDefault(prefix => name.AsSpan(start).StartsWith(prefix, StringComparison.Ordinal)) is { } found)
            start += found.Length;
        return name[start..];
    }

    // The causal mask and its fill value, which old versions of transformers saved.
    [GeneratedRegex(@"^h\.[0-9]+\.attn\.(bias|masked_bias)$", RegexOptions.CultureInvariant)]
    private static partial Regex Buffer();
}
