using OnnxChat.Connector.Confidence;
using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.ModelFolders;

/// <summary>A folder that ONNX Runtime GenAI loads, with the tokenizer and template beside the graph.</summary>
internal sealed record ModelFolder
{
    // GenAI refuses larger batches.
    private const int MostRows = 32;

    /// <summary>The folder, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The model's name: from <c>onnxchat.json</c>, otherwise the folder's.</summary>
    public required string Name { get; init; }

    /// <summary>Context, end tokens and usual settings.</summary>
    public required GenAIConfiguration Configuration { get; init; }

    /// <summary>The tokenizer that the model was trained with.</summary>
    public required ModelTokenizer Tokenizer { get; init; }

    /// <summary>Makes prompts by the folder's template.</summary>
    public required PromptBuilder Prompts { get; init; }

    /// <summary>
    /// Most rows of a batch. A graph that an import wrote is exact with prompts padded on the right; of any other nobody
    /// knows, and it gets one row unless <c>onnxchat.json</c> says otherwise.
    /// </summary>
    public required int MaxRows { get; init; }

    /// <summary>Scores replies; null where nobody has calibrated the model.</summary>
    public ReplyConfidence? Confidence { get; init; }

    /// <summary>Compares what the model writes with what was answered before; null where nothing of that is known.</summary>
    public ReplyGuidance? Guidance { get; init; }

    /// <summary>What the model has answers about, as <c>onnxchat.json</c> says; empty where it does not.</summary>
    public IReadOnlyList<TopicEntry> Topics { get; init; } = [];

    /// <summary>Bytes of graph and weights.</summary>
    public long WeightBytes => new DirectoryInfo(Path).EnumerateFiles("*.onnx*").Sum(file => file.Length);

    /// <summary>Reads a folder's descriptions; the graph itself is loaded later.</summary>
    /// <exception cref="OnnxChatModelException">Something is missing or damaged; the message says what and how to mend it.</exception>
    public static ModelFolder Open(string path) => Open(path, withConfidence: true);

    /// <summary>Reads a folder's descriptions, for one who is about to calibrate it without what an earlier run left.</summary>
    /// <inheritdoc cref="Open(string)"/>
    public static ModelFolder OpenUncalibrated(string path) => Open(path, withConfidence: false);

    private static ModelFolder Open(string path, bool withConfidence)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var folder = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(folder))
            throw new OnnxChatModelException($"There is no model folder {folder}. Make one with: onnxchat import --checkpoint FILE --config config.json --tokenizer FOLDER --output \"{folder}\"");

        var configuration = GenAIConfiguration.Read(Require(folder, GenAIConfiguration.FileName));
        Require(folder, configuration.DecoderFile);
        var tokenizer = ReadTokenizer(Require(folder, "tokenizer.json"));
        if (tokenizer.VocabularySize > configuration.VocabularySize)
            throw new OnnxChatModelException($"{folder}: the tokenizer has ids up to {tokenizer.VocabularySize - 1}, the model {configuration.VocabularySize} logits; they are not of one model. Import it again with 'onnxchat import'.");

        var manifestPath = System.IO.Path.Combine(folder, ModelManifest.FileName);
        var manifest = File.Exists(manifestPath) ? ModelManifest.Read(manifestPath) : null;
        var opened = new ModelFolder
        {
            Path = folder,
            Name = manifest?.Name is { Length: > 0 } name ? name : System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(folder)),
            Configuration = configuration,
            Tokenizer = tokenizer,
            Prompts = new PromptBuilder(TemplateReader.Read(folder, manifest?.Template, tokenizer, configuration), tokenizer),
            MaxRows = RequireRows(manifest, manifestPath),
            Confidence = withConfidence ? ReplyConfidence.Read(folder, manifest?.Confidence) : null,
            Topics = RequireTopics(manifest, manifestPath),
        };
        return opened.Confidence is { Index: { } index, Calibration.Entry.Guidance: var strength }
            ? opened with { Guidance = new ReplyGuidance(index, strength, opened) }
            : opened;
    }

    private static int RequireRows(ModelManifest? manifest, string path) => manifest?.BatchRows switch
    {
        null => manifest?.Provenance is null ? 1 : MostRows,
        >= 1 and <= MostRows and var rows => rows,
        var rows => throw new OnnxChatModelException($"{path}: \"batch_rows\" is {rows}; it takes 1 to {MostRows}. Mend it, or leave it out."),
    };

    private static IReadOnlyList<TopicEntry> RequireTopics(ModelManifest? manifest, string path)
    {
        var topics = manifest?.Topics ?? [];
        var nameless = topics.Index().FirstOrDefault(t => string.IsNullOrWhiteSpace(t.Item?.Name), (-1, null!)).Index;
        return nameless < 0
            ? topics
            : throw new OnnxChatModelException($"{path}: entry {nameless} of \"topics\" has no name. Give it one, or take it out.");
    }

    private static ModelTokenizer ReadTokenizer(string path)
    {
        try
        {
            return new ModelTokenizer(TokenizerFile.Read(path));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new OnnxChatModelException($"{path} is not a tokenizer that can be used: {e.Message} Import the model again with 'onnxchat import'.", e);
        }
    }

    private static string Require(string folder, string file)
    {
        var path = System.IO.Path.Combine(folder, file);
        return File.Exists(path)
            ? path
            : throw new OnnxChatModelException($"The model folder {folder} has no {file}. Make it again with: onnxchat import --checkpoint FILE --config config.json --tokenizer FOLDER --output \"{folder}\"");
    }
}
