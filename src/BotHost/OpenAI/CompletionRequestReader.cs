using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>
/// Reads the body of a request. What would change the answer and cannot be done is refused by name; what changes nothing
/// is taken and left alone.
/// </summary>
internal static class CompletionRequestReader
{
    private const int MaxDepth = 16;
    private const int MaxStops = 4;

    private static readonly HashSet<string> WithoutEffect =
        ["user", "metadata", "parallel_tool_calls", "service_tier", "safety_identifier", "prompt_cache_key", "store", "tool_choice", "verbosity"];

    /// <exception cref="BadParameterException">The body is none, or holds what cannot be taken.</exception>
    public static CompletionRequest Read(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new BadParameterException(null, "The body must be a JSON object.");

        var request = new Draft();
        try
        {
            foreach (var property in root.EnumerateObject())
            {
                // Clients write null for what they leave out.
                if (property.Value.ValueKind != JsonValueKind.Null)
                    request.Take(property.Name, property.Value);
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped, is JSON all the same.
            throw new BadParameterException(null, "The body has a string that is no Unicode text.");
        }

        return request.Finish();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            throw new BadParameterException(null, $"The body is not JSON that can be read: {e.Message}");
        }
    }

    private sealed class Draft
    {
        private readonly ChatOptions _options = new();
        private string? _model;
        private List<ChatMessage>? _messages;
        private int? _maxTokens;
        private bool _stream;
        private bool _includeUsage;

        public void Take(string name, JsonElement value)
        {
            switch (name)
            {
                case "model":
                    _model = Text(name, value);
                    break;
                case "messages":
                    _messages = CompletionMessages.Read(value);
                    break;
                case "stream":
                    _stream = Flag(name, value);
                    break;
                case "stream_options":
                    _includeUsage = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("include_usage", out var usage) && usage.ValueKind == JsonValueKind.True;
                    break;
                case "max_completion_tokens":
                    _options.MaxOutputTokens = Integer(name, value, 1);
                    break;
                case "max_tokens":
                    _maxTokens = Integer(name, value, 1);
                    break;
                case "temperature":
                    _options.Temperature = Number(name, value, 0, 2);
                    break;
                case "top_p":
                    _options.TopP = Number(name, value, 0, 1);
                    break;
                case "top_k":
                    _options.TopK = Integer(name, value, 1);
                    break;
                case "seed":
                    _options.Seed = value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seed) ? seed : throw Wrong(name, value, "an integer of 64 bits");
                    break;
                case "stop":
                    _options.StopSequences = Stops(value);
                    break;
                default:
                    Refuse(name, value);
                    break;
            }
        }

        public CompletionRequest Finish()
        {
            _options.MaxOutputTokens ??= _maxTokens;
            return new CompletionRequest(
                _model ?? throw new BadParameterException("model", "The request has no model. GET /v1/models says which there is."),
                _messages ?? throw new BadParameterException("messages", "The request has no messages."),
                _options,
                _stream,
                _includeUsage);
        }

        // These ask for nothing with the values that they have here.
        private static void Refuse(string name, JsonElement value)
        {
            var asksForNothing = name switch
            {
                "n" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var n) && n == 1,
                "frequency_penalty" or "presence_penalty" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var penalty) && penalty == 0,
                "logprobs" => value.ValueKind == JsonValueKind.False,
                "logit_bias" => value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any(),
                "tools" or "functions" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0,
                "response_format" => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "text",
                "modalities" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(mode => mode.ValueKind == JsonValueKind.String && mode.GetString() == "text"),
                _ => WithoutEffect.Contains(name),
            };
            if (!asksForNothing)
                throw new BadParameterException(Shown(name), $"'{Shown(name)}' is not supported{(name == "n" ? " with another value than 1" : "")}. Leave it out.");
        }

        private static List<string> Stops(JsonElement value)
        {
            List<string> stops = value.ValueKind switch
            {
                JsonValueKind.String => [value.GetString()!],
                JsonValueKind.Array when value.EnumerateArray().All(stop => stop.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(stop => stop.GetString()!)],
                _ => throw Wrong("stop", value, "a string or an array of strings"),
            };
            return stops.Count <= MaxStops && stops.All(stop => stop.Length > 0)
                ? stops
                : throw new BadParameterException("stop", $"'stop' has {stops.Count} sequences; it takes at most {MaxStops}, none of them empty.");
        }

        private static string Text(string name, JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, value, "a string");

        private static bool Flag(string name, JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, value, "true or false");

        private static int Integer(string name, JsonElement value, int least) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least ? number : throw Wrong(name, value, $"an integer of at least {least}");

        private static float Number(string name, JsonElement value, float least, float most) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && number >= least && number <= most ? number : throw Wrong(name, value, $"a number from {least} to {most}");

        private static BadParameterException Wrong(string name, JsonElement value, string expected) =>
            new(name, $"'{name}' is {Shown(value.GetRawText())}; it takes {expected}.");

        private static string Shown(string text) => text.Length > 100 ? text[..100] + "…" : text;
    }
}
