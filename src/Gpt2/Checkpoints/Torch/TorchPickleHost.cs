using OnnxChat.Gpt2.Checkpoints.Pickle;

namespace OnnxChat.Gpt2.Checkpoints.Torch;

/// <summary>Gives data for the names of a state dict and refuses every other name.</summary>
internal sealed class TorchPickleHost(CheckpointFile file) : IPickleHost
{
    private const string Remedy =
        "Load it where you trust it and save the weights alone: torch.save(model.state_dict(), 'pytorch_model.bin'), or model.save_pretrained(folder) for safetensors.";

    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>Every storage that the pickle named, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    public void Admit(PickleGlobal global)
    {
        if (TorchNames.IsKnown(global))
            return;
        throw TorchNames.IsModelCode(global)
            ? file.Refused($"the file holds a whole module or object ('{global.FullName}') rather than a state dict; unpickling it needs its code.", Remedy)
            : file.Refused($"the file names '{global.FullName}', which would run as code if it were unpickled; it was refused and nothing ran.", Remedy);
    }

    public object? Reduce(PickleGlobal global, object?[] arguments) => global.FullName switch
    {
        TorchNames.OrderedDict => Dictionary(arguments),
        TorchNames.RebuildTensor or TorchNames.RebuildTensorV2 => Tensor(arguments),
        TorchNames.RebuildParameter when arguments is [TorchTensor tensor, ..] => tensor,
        _ => throw file.Damaged($"its pickle uses '{global.FullName}' in a way that torch.save does not"),
    };

    public object ResolvePersistentId(object? id)
    {
        if (id is not object?[] parts
            || parts is not ["storage", PickleGlobal type, string key, _, long elements, ..]
            || !TorchNames.TryGetStorage(type, out var elementType))
            throw file.Damaged("its pickle has a persistent id that is not a storage");

        long viewOffset = 0;
        if (parts.Length > 5 && parts[5] is object?[] view)
            viewOffset = view is [_, long start, long] ? start : throw file.Damaged($"the view of storage '{key}' is malformed");
        if (elements < 0 || viewOffset < 0)
            throw file.Damaged($"storage '{key}' has a negative length or offset");

        var storage = new TorchStorage(elementType, key, elements, viewOffset);
        if (_storages.TryGetValue(key, out var known) && (known.ElementType != elementType || known.Elements != elements))
            throw file.Damaged($"storage '{key}' is named with two types or lengths");
        _storages[key] = storage;
        return storage;
    }

    private PickleDictionary Dictionary(object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments is [])
            return dictionary;
        if (arguments is not [List<object?> pairs])
            throw file.Damaged("its pickle has an OrderedDict of something other than pairs");

        // Python 2 wrote an OrderedDict as a list of two-item lists.
        foreach (var pair in pairs)
        {
            var (key, value) = pair switch
            {
                object?[] and [var first, var second] => (first, second),
                List<object?> and [var first, var second] => (first, second),
                _ => (null, null),
            };
            dictionary.Set(key ?? throw file.Damaged("its pickle has an OrderedDict of something other than pairs"), value);
        }

        return dictionary;
    }

    private TorchTensor Tensor(object?[] arguments) =>
        arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]
            ? new TorchTensor(storage, offset, Lengths(shape), Lengths(strides))
            : throw file.Damaged("its pickle has a tensor with malformed arguments");

    private long[] Lengths(object?[] values)
    {
        if (values.Length > TensorLayout.MaximumRank)
            throw file.Damaged($"its pickle has a tensor of {values.Length} dimensions, the limit is {TensorLayout.MaximumRank}");
        return Array.ConvertAll(values, value => value is long length ? length : throw file.Damaged("its pickle has a tensor whose shape is not of integers"));
    }
}
