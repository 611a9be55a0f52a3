using OnnxChat.Gpt2.Export.Graph;
using OnnxChat.Gpt2.Export.Onnx;

namespace OnnxChat.Gpt2.Export;

/// <summary>
/// Writes a folder that ONNX Runtime GenAI loads as it is. The folder should be a temporary one, to be moved into
/// place when it is complete; the same weights, tokenizer and arguments give the same bytes.
/// </summary>
public sealed class ModelFolderWriter
{
    /// <summary>The file that names the folder's template, special tokens and provenance.</summary>
    public const string ManifestFile = "onnxchat.json";

    private const string GraphFile = "model.onnx";
    private const string DataFile = "model.onnx.data";
    private const string RuntimeFile = "genai_config.json";

    private readonly string _folder;
    private readonly TokenizerFolder _tokenizer;

    /// <param name="folder">An existing, empty folder.</param>
    /// <param name="tokenizer">The tokenizer of the weights that will be written.</param>
    public ModelFolderWriter(string folder, TokenizerFolder tokenizer)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(tokenizer);
        (_folder, _tokenizer) = (folder, tokenizer);
    }

    /// <summary>
    /// Writes the graph, its weights, the runtime's configuration and the tokenizer. Weights are read one at a time, so
    /// memory holds little more than the largest of them.
    /// </summary>
    /// <exception cref="NotSupportedException">The precision has no form for this model's widths.</exception>
    /// <exception cref="InvalidDataException">The weights do not fit their configuration or the tokenizer.</exception>
    public void WriteModel(
        IGpt2Weights weights,
        ModelPrecision precision,
        IProgress<ExportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var shape = weights.Configuration;
        CheckVocabulary(shape);

        var feed = new WeightFeed(new PaddedHeads(weights), progress, cancellationToken);
        using (var data = new ExternalDataFile(PathOf(DataFile)))
        {
            var floatType = precision == ModelPrecision.Float16 ? OnnxDataType.Float16 : OnnxDataType.Float;
            var builder = new GraphBuilder(data, floatType, cancellationToken);
            var graph = new Gpt2Graph(builder, feed, FormOf(precision, builder, feed)).Build();
            OnnxModelFile.Write(PathOf(GraphFile), graph, data.Name);
        }

        RuntimeConfiguration.Write(PathOf(RuntimeFile), shape, _tokenizer);
        _tokenizer.Write(_folder);
    }

    /// <summary>Writes <see cref="ManifestFile"/>, with the sizes and hashes of what <see cref="WriteModel"/> wrote.</summary>
    /// <param name="name">The model's name, as users will see it.</param>
    /// <param name="template">The template that the model was trained on.</param>
    /// <param name="provenance">Where it came from and what was measured.</param>
    public void WriteManifest(string name, ModelTemplate template, Provenance provenance)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(provenance);
        string[] files = [PathOf(GraphFile), PathOf(DataFile), PathOf(RuntimeFile), PathOf("tokenizer.json"), PathOf("tokenizer_config.json")];
        Manifest.Write(PathOf(ManifestFile), name, template, _tokenizer, provenance, files);
    }

    private static IMatrixForm FormOf(ModelPrecision precision, GraphBuilder graph, WeightFeed weights) => precision switch
    {
        ModelPrecision.Float32 or ModelPrecision.Float16 => new FloatForm(graph, weights),
        ModelPrecision.Int8 => new BlockForm(graph, weights, new Int8Quantizer()),
        ModelPrecision.Int4 => new BlockForm(graph, weights, new Int4Quantizer()),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, $"Known precisions are {string.Join(", ", ModelPrecisionNames.All)}."),
    };

    private void CheckVocabulary(Gpt2Configuration shape)
    {
        if (_tokenizer.Count > shape.VocabularySize)
        {
            throw new InvalidDataException(
                $"The tokenizer has {_tokenizer.Count} tokens, but the embedding has {shape.VocabularySize} rows. Use the tokenizer that was saved with the checkpoint, or a checkpoint whose embedding was resized to it.");
        }
    }

    private string PathOf(string file) => Path.Combine(_folder, file);
}
