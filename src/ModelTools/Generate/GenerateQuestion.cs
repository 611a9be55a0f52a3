using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Generate;

/// <summary>One line of input.</summary>
internal sealed record GenerateQuestion([property: JsonRequired] string User, string? System)
{
    private static readonly JsonSerializerOptions Json = new(JsonText.Options) { RespectNullableAnnotations = true };

    /// <exception cref="UserException">The line is not an object with <c>user</c>.</exception>
    public static GenerateQuestion Parse(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<GenerateQuestion>(line, Json) ?? throw new JsonException("The line is null.");
        }
        catch (JsonException e)
        {
            throw new UserException($"""Line {number} of the input is not a question: {e.Message} Each line is one JSON object such as {"{"}"user": "Where is my order?"{"}"}, with "system" if you like.""", e);
        }
    }
}
