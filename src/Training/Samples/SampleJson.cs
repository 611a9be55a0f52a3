using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxChat.Training.Samples;

/// <summary>Samples as lines of JSON: letters of all languages as they are, what a sample does not have left out.</summary>
internal static class SampleJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        RespectNullableAnnotations = true,
    };

    public static string Write(Sample sample) => JsonSerializer.Serialize(sample, Options);

    /// <exception cref="JsonException">The line is no sample.</exception>
    public static Sample Read(string line) =>
        JsonSerializer.Deserialize<Sample>(line, Options) ?? throw new JsonException("The line is null.");

    /// <summary>Writes a file of samples, one a line.</summary>
    public static void WriteFile(string path, IEnumerable<Sample> samples)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        foreach (var sample in samples)
            file.WriteLine(Write(sample));
    }
}
