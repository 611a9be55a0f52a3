using OnnxChat.Gpt2.Checkpoints.Pickle;

namespace OnnxChat.Gpt2.Checkpoints.Torch;

/// <summary>The Python names that a state dict is made of.</summary>
internal static class TorchNames
{
    public const string OrderedDict = "collections.OrderedDict";
    public const string RebuildTensor = "torch._utils._rebuild_tensor";
    public const string RebuildTensorV2 = "torch._utils._rebuild_tensor_v2";
    public const string RebuildParameter = "torch._utils._rebuild_parameter";

    private static readonly Dictionary<string, CheckpointElementType> Storages = new(StringComparer.Ordinal)
    {
        ["torch.DoubleStorage"] = CheckpointElementType.F64,
        ["torch.FloatStorage"] = CheckpointElementType.F32,
        ["torch.HalfStorage"] = CheckpointElementType.F16,
        ["torch.BFloat16Storage"] = CheckpointElementType.BF16,
        ["torch.LongStorage"] = CheckpointElementType.I64,
        ["torch.IntStorage"] = CheckpointElementType.I32,
        ["torch.ShortStorage"] = CheckpointElementType.I16,
        ["torch.CharStorage"] = CheckpointElementType.I8,
        ["torch.ByteStorage"] = CheckpointElementType.U8,
        ["torch.BoolStorage"] = CheckpointElementType.Bool,
    };

    public static bool IsKnown(PickleGlobal global) =>
        global.FullName is OrderedDict or RebuildTensor or RebuildTensorV2 or RebuildParameter || Storages.ContainsKey(global.FullName);

    public static bool TryGetStorage(PickleGlobal global, out CheckpointElementType elementType) =>
        Storages.TryGetValue(global.FullName, out elementType);

    /// <summary>Whether a name is a class of a model or a trainer, so that the file holds objects rather than weights.</summary>
    public static bool IsModelCode(PickleGlobal global) =>
        global.Module == "__main__"
        || global.Module.StartsWith("torch.nn.", StringComparison.Ordinal)
        || global.Module.StartsWith("transformers.", StringComparison.Ordinal)
        || global.Module.StartsWith("torch.optim", StringComparison.Ordinal);
}
