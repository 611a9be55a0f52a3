using System.Globalization;

namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>
/// Tells a GPT-2's configuration from the shapes of its weights, where no <c>config.json</c> was saved. Shapes do not
/// show the heads, nor what the other values are; those are GPT-2's own.
/// </summary>
public static class Gpt2ConfigurationInference
{
    /// <summary>The width of a head in every GPT-2 that OpenAI published.</summary>
    public const int UsualHeadWidth = 64;

    private const int MostLayers = 512;
    private const string GiveConfiguration = "Give the config.json that was saved with the weights.";

    /// <summary>Infers layers, width, context, vocabulary, inner width and whether the head is tied.</summary>
    /// <param name="checkpoint">The weights; read only to compare a head with the embedding.</param>
    /// <param name="heads">Attention heads a block; null for <see cref="UsualHeadWidth"/> a head.</param>
    /// <exception cref="CheckpointException">The weights are no GPT-2's, or the width is not a multiple of the heads.</exception>
    public static Gpt2Configuration Infer(Checkpoint checkpoint, int? heads = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var names = Gpt2TensorNames.Map(checkpoint);
        var (vocabulary, width) = Matrix(checkpoint, names, Gpt2TensorShapes.Embedding);
        var (context, _) = Matrix(checkpoint, names, "wpe.weight");
        var (_, inner) = Matrix(checkpoint, names, "h.0.mlp.c_fc.weight");
        return new Gpt2Configuration
        {
            Layers = Layers(checkpoint, names.Keys),
            Width = width,
            Heads = Heads(checkpoint, width, heads),
            Context = context,
            VocabularySize = vocabulary,
            InnerWidth = inner,
            TiedHead = IsTied(checkpoint, names),
        };
    }

    private static (int Rows, int Columns) Matrix(Checkpoint checkpoint, Dictionary<string, string> names, string name)
    {
        if (!names.TryGetValue(name, out var stored))
            throw Missing(checkpoint, name);
        var shape = checkpoint.Layout(stored).Shape;
        return shape is [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue]
            ? ((int)shape[0], (int)shape[1])
            : throw new CheckpointException(checkpoint.Path, $"'{stored}' is [{string.Join(", ", shape)}]; a GPT-2's is a matrix.", "Give a GPT-2 checkpoint.");
    }

    private static CheckpointException Missing(Checkpoint checkpoint, string name) =>
        ModelFamilies.Recognise(checkpoint.Tensors) is var (family, sign)
            ? Gpt2TensorCheck.OfAnotherFamily(checkpoint, family, sign)
            : new CheckpointException(
                checkpoint.Path,
                $"the configuration cannot be told from the weights: '{name}' is missing. The file has {Gpt2TensorCheck.List([.. checkpoint.Tensors.Select(tensor => tensor.Name)])}.",
                "Save the whole model's state_dict.");

    private static int Layers(Checkpoint checkpoint, IEnumerable<string> names)
    {
        var last = names.Max(LayerOf);
        return last < MostLayers
            ? last + 1
            : throw new CheckpointException(checkpoint.Path, $"the weights have a layer of number {last}; the limit is {MostLayers} layers.", GiveConfiguration);
    }

    // -1 for what is in no layer.
    private static int LayerOf(string name) =>
        name.Split('.') is ["h", var number, ..] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : -1;

    private static int Heads(Checkpoint checkpoint, int width, int? heads)
    {
        if (heads is { } given)
        {
            return given >= 1 && width % given == 0
                ? given
                : throw new CheckpointException(checkpoint.Path, $"the width is {width}, which is not a multiple of {given} heads.", "Give --heads as the model was trained (n_head).");
        }

        return width % UsualHeadWidth == 0
            ? width / UsualHeadWidth
            : throw new CheckpointException(
                checkpoint.Path,
                $"the width is {width}, which is not a multiple of {UsualHeadWidth}, so the number of attention heads cannot be guessed.",
                "Say it with --heads, as the model was trained (n_head), or give its config.json.");
    }

    private static bool IsTied(Checkpoint checkpoint, Dictionary<string, string> names)
    {
        if (!names.TryGetValue(Gpt2TensorShapes.Head, out var head))
            return true;
        var embedding = names[Gpt2TensorShapes.Embedding];
        return TensorReader.AreEqual(checkpoint.Layout(head), checkpoint.Layout(embedding), head, embedding);
    }
}
