namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>Compares a checkpoint's names and shapes with what a configuration needs, before anything is read.</summary>
internal sealed class Gpt2TensorCheck(Checkpoint checkpoint, Gpt2Configuration configuration)
{
    private const string OwnConfiguration = "Use the config.json saved with these weights.";
    private readonly Dictionary<string, string> _names = Gpt2TensorNames.Map(checkpoint);
    private readonly Dictionary<string, long[]> _shapes = Gpt2TensorShapes.Of(configuration);

    /// <summary>The needed names, each with the name that the file has.</summary>
    public Dictionary<string, string> Run()
    {
        CheckNames();
        CheckVocabulary();
        foreach (var (name, expected) in _shapes)
            CheckShape(name, expected);
        CheckTiedHead();
        return _shapes.Keys.ToDictionary(name => name, name => _names[name], StringComparer.Ordinal);
    }

    public static CheckpointException OfAnotherFamily(Checkpoint checkpoint, string family, string sign) => new(
        checkpoint.Path, $"the weights are not a GPT-2's: this looks like {family}, it has {sign}.", "Give a GPT-2 checkpoint (merge an adapter first).");

    public static string List(string[] names) => names.Length switch
    {
        0 => "none",
        <= 4 => string.Join(", ", names),
        _ => $"{string.Join(", ", names.Take(4))} and {names.Length - 4} more",
    };

    private void CheckNames()
    {
        var missing = _shapes.Keys.Where(name => !_names.ContainsKey(name)).ToArray();
        var family = missing.Length == 0 ? null : ModelFamilies.Recognise(checkpoint.Tensors);
        if (family is var (name, sign))
            throw OfAnotherFamily(checkpoint, name, sign);
        if (missing is [Gpt2TensorShapes.Head])
            throw Refused($"'{Gpt2TensorShapes.Head}' is missing and 'tie_word_embeddings' is false.", "Set it to true if the model's head is tied.");
        if (missing.Length > 0)
            throw Refused(
                $"{missing.Length} of {_shapes.Count} tensors are missing: {List(missing)}. The file has {List([.. checkpoint.Tensors.Select(tensor => tensor.Name)])}.",
                $"Save the whole model's state_dict. {OwnConfiguration}");

        // Left out silently, a block or an adapter would change every answer.
        var extra = _names.Where(pair => pair.Key.StartsWith("h.", StringComparison.Ordinal) && !_shapes.ContainsKey(pair.Key)).Select(pair => pair.Value).ToArray();
        if (extra.Length > 0)
            throw Refused(
                $"the weights have {extra.Length} tensors that a GPT-2 of {configuration.Layers} layers does not: {List(extra)}.",
                $"{OwnConfiguration} Merge adapters before saving.");
    }

    private void CheckVocabulary()
    {
        var shape = Shape(Gpt2TensorShapes.Embedding);
        if (shape is [var rows, var width] && rows != configuration.VocabularySize && width == configuration.Width)
            throw Refused(
                $"the token embedding has {rows} rows, the configuration's vocab_size (the tokenizer) is {configuration.VocabularySize}.",
                "Call model.resize_token_embeddings(len(tokenizer)) before saving, or give the config.json saved with these weights.");
    }

    private void CheckShape(string name, long[] expected)
    {
        var shape = Shape(name);
        if (shape.SequenceEqual(expected))
            return;
        var hint = expected.Length == 2 && shape.SequenceEqual(expected.Reverse())
            ? "It seems to be stored as nn.Linear [out, in]; GPT-2's Conv1D is [in, out]. Transpose it with .t()."
            : OwnConfiguration;
        throw Refused($"'{_names[name]}' is [{string.Join(", ", shape)}], the configuration needs [{string.Join(", ", expected)}].", hint);
    }

    private void CheckTiedHead()
    {
        if (!configuration.TiedHead || !_names.TryGetValue(Gpt2TensorShapes.Head, out var head))
            return;
        var embedding = _names[Gpt2TensorShapes.Embedding];
        if (!TensorReader.AreEqual(checkpoint.Layout(head), checkpoint.Layout(embedding), head, embedding))
            throw Refused(
                $"'tie_word_embeddings' is true, but '{head}' differs from '{embedding}'.",
                "Set tie_word_embeddings to false in config.json if the head was trained on its own.");
    }

    private long[] Shape(string name) => checkpoint.Layout(_names[name]).Shape;

    private CheckpointException Refused(string problem, string remedy) => new(checkpoint.Path, problem, remedy);
}
