using System.Text.Encodings.Web;
using System.Text.Json;

namespace OnnxChat.ModelTools;

/// <summary>How this program writes JSON: on one line, Chinese and markers as they are.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}
