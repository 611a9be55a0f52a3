using OnnxChat.Gpt2.Checkpoints.Pickle;

namespace OnnxChat.Gpt2.Checkpoints.Torch;

/// <summary>Finds the model's weights in what a file holds: a state dict, or one wrapped beside an optimizer's state.</summary>
internal static class TorchStateDict
{
    private const int MaximumDepth = 4;
    private const string Remedy = "Save the weights alone: torch.save(model.state_dict(), path).";
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "module"];

    public static Dictionary<string, TorchTensor> Find(CheckpointFile file, object? root)
    {
        if (root is not PickleDictionary current)
            throw file.Refused("the file holds no dictionary of tensors.", Remedy);

        for (var depth = 0; depth < MaximumDepth; depth++)
        {
            var wrapped = Wrappers.Where(name => current[name] is PickleDictionary).ToArray();
            if (wrapped.Length > 1)
                throw file.Refused($"the file holds weights under both '{wrapped[0]}' and '{wrapped[1]}'.", Remedy);
            if (wrapped.Length == 0)
                break;
            current = (PickleDictionary)current[wrapped[0]]!;
        }

        var tensors = new Dictionary<string, TorchTensor>(StringComparer.Ordinal);
        foreach (var (name, value) in current.Items)
        {
            if (value is TorchTensor tensor)
                tensors[name] = tensor;
        }

        if (tensors.Count == 0)
        {
            var keys = current.Items.Select(item => item.Key).Take(8).ToArray();
            throw file.Refused(
                $"the file holds no tensors where a state dict should be; it has {(keys.Length == 0 ? "no keys" : $"'{string.Join("', '", keys)}'")}.",
                Remedy);
        }

        return tensors;
    }
}
