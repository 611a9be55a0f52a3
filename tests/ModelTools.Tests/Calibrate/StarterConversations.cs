using System.Text.Json;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Calibrate;

/// <summary>Questions of data/starter that need no expansion, with their topics.</summary>
internal static class StarterConversations
{
    private const int KnownOfTopic = 12;
    private const int ValidationOfTopic = 4;

    public static string Known { get; } = Lines(0, KnownOfTopic);

    public static string Validation { get; } = Lines(KnownOfTopic, ValidationOfTopic);

    private static string Lines(int skip, int take)
    {
        var data = Path.Combine(Repository.Root, "data", "starter");
        var files = new[] { "en", "zh" }.SelectMany(language => Directory.GetFiles(Path.Combine(data, language), "*.txt", SearchOption.AllDirectories));
        return string.Join('\n', files.Order(StringComparer.Ordinal).Where(f => Path.GetFileName(f) is not ("macros.txt" or "wrappers.txt" or "instructions.txt")).SelectMany(file =>
        {
            var lines = File.ReadAllLines(file).Where(l => l.Length > 0 && l[0] != '#').ToList();
            var answer = lines.Find(l => l.StartsWith("> ", StringComparison.Ordinal))![2..];
            var declined = Path.GetFileName(Path.GetDirectoryName(file)) == "out-of-scope";
            var topic = declined ? "out-of-scope" : Path.GetRelativePath(data, file);
            return lines.Where(l => l[0] != '>' && l.AsSpan().IndexOfAny("[]{}") < 0).Skip(skip).Take(take)
                .Select(user => JsonSerializer.Serialize(new { user, assistant = answer, topic, group = user, declined }));
        }));
    }
}
