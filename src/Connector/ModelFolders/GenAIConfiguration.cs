using System.Text.Json;

namespace OnnxChat.Connector.ModelFolders;

/// <summary>What <c>genai_config.json</c> in a model folder says about the model and its usual settings.</summary>
internal sealed record GenAIConfiguration
{
    /// <summary>The file's name in a model folder.</summary>
    public const string FileName = "genai_config.json";

    /// <summary>The kind of model that GenAI runs (<c>model.type</c>).</summary>
    public required string ModelType { get; init; }

    /// <summary>Most tokens that prompt and reply may have together.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Number of logits a step gives.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Tokens that end a reply.</summary>
    public required IReadOnlySet<int> EndTokens { get; init; }

    /// <summary>Fills up the shorter prompts of a batch; never part of a prompt (<c>pad_token_id</c>).</summary>
    public required int PadToken { get; init; }

    /// <summary>Most tokens in all unless a request says otherwise (<c>search.max_length</c>).</summary>
    public required int MaxLength { get; init; }

    /// <summary>Sampling unless a request says otherwise (<c>search</c>).</summary>
    public required double Temperature { get; init; }

    /// <summary><c>search.top_k</c>; 0 for no limit.</summary>
    public required int TopK { get; init; }

    /// <summary><c>search.top_p</c>; 1 for no limit, which GenAI writes as 0 too.</summary>
    public required double TopP { get; init; }

    /// <summary><c>search.repetition_penalty</c>.</summary>
    public required double RepetitionPenalty { get; init; }

    /// <summary>The first execution provider that the folder names; <c>cpu</c> where it names none.</summary>
    public required string Provider { get; init; }

    /// <summary>The ONNX file that the decoder is in.</summary>
    public required string DecoderFile { get; init; }

    /// <exception cref="OnnxChatModelException">The file is not a GenAI configuration.</exception>
    public static GenAIConfiguration Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var model = document.RootElement.GetProperty("model");
            var search = document.RootElement.TryGetProperty("search", out var s) ? s : default;
            var context = model.GetProperty("context_length").GetInt32();
            // What a folder leaves out is as GenAI has it (its config.h): greedy, and when sampling the best 50 with no top-p.
            var sample = Flag(search, "do_sample", false);
            var topP = Number(search, "top_p", 0);
            return new GenAIConfiguration
            {
                ModelType = model.TryGetProperty("type", out var type) ? type.GetString()! : "",
                ContextLength = context,
                VocabularySize = model.GetProperty("vocab_size").GetInt32(),
                EndTokens = ReadEndTokens(model.GetProperty("eos_token_id")),
                PadToken = ReadPadToken(model),
                MaxLength = Math.Min(context, (int)Number(search, "max_length", context)),
                Temperature = sample ? Number(search, "temperature", 1.0) : 0,
                TopK = (int)Number(search, "top_k", 50),
                TopP = topP is > 0 and <= 1 ? topP : 1,
                RepetitionPenalty = Number(search, "repetition_penalty", 1.0),
                Provider = ReadProvider(model.GetProperty("decoder")),
                DecoderFile = model.GetProperty("decoder").TryGetProperty("filename", out var file) ? file.GetString()! : "model.onnx",
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new OnnxChatModelException($"{path} is not a GenAI configuration: {e.Message} Import the model again with 'onnxchat import'.", e);
        }
    }

    // "provider_options": [{ "cuda": { … } }, …], in the order of preference.
    private static string ReadProvider(JsonElement decoder) =>
        decoder.TryGetProperty("session_options", out var session) && session.TryGetProperty("provider_options", out var providers)
            ? providers.EnumerateArray().SelectMany(p => p.EnumerateObject()).Select(p => p.Name).FirstOrDefault("cpu")
            : "cpu";

    private static int ReadPadToken(JsonElement model) =>
        model.TryGetProperty("pad_token_id", out var pad) && pad.ValueKind == JsonValueKind.Number ? pad.GetInt32() : ReadEndTokens(model.GetProperty("eos_token_id")).First();

    private static HashSet<int> ReadEndTokens(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(id => id.GetInt32())]
        : [value.GetInt32()];

    private static double Number(JsonElement search, string name, double otherwise) =>
        search.ValueKind == JsonValueKind.Object && search.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    private static bool Flag(JsonElement search, string name, bool otherwise) =>
        search.ValueKind == JsonValueKind.Object && search.TryGetProperty(name, out var value) ? value.GetBoolean() : otherwise;
}
