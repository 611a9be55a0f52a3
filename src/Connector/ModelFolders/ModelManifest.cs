using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxChat.Connector.Confidence;

namespace OnnxChat.Connector.ModelFolders;

/// <summary>What <c>onnxchat.json</c> in a model folder tells the connector.</summary>
internal sealed record ModelManifest
{
    /// <summary>The file's name in a model folder.</summary>
    public const string FileName = "onnxchat.json";

    private const int KnownVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Version of the file's form.</summary>
    [JsonRequired]
    public int FormatVersion { get; init; }

    /// <summary>The model's name, as services report it.</summary>
    public string? Name { get; init; }

    /// <summary>How conversations become prompts.</summary>
    public TemplateEntry? Template { get; init; }

    /// <summary>Most rows of a batch, 1 to 32; null for 32 of an import's graph and 1 of any other.</summary>
    public int? BatchRows { get; init; }

    /// <summary>Where an import took the model from; null where the folder is not from an import.</summary>
    public JsonElement? Provenance { get; init; }

    /// <summary>How replies are scored; null where nobody has calibrated the model.</summary>
    public ConfidenceEntry? Confidence { get; init; }

    /// <summary>What the model has answers about; null where nobody has said it.</summary>
    public IReadOnlyList<TopicEntry>? Topics { get; init; }

    /// <exception cref="OnnxChatModelException">The file is damaged or of a later version.</exception>
    public static ModelManifest Read(string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(File.ReadAllBytes(path), Json)
                ?? throw new JsonException("The file holds null.");
            return manifest.FormatVersion is >= 1 and <= KnownVersion
                ? manifest
                : throw new OnnxChatModelException($"{path} has format version {manifest.FormatVersion}; this version reads 1 to {KnownVersion}. Update OnnxChat, or import the model again with 'onnxchat import'.");
        }
        catch (JsonException e)
        {
            throw new OnnxChatModelException($"{path} cannot be read: {e.Message} Import the model again with 'onnxchat import'.", e);
        }
    }
}
