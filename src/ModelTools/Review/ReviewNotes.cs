using System.Text.Json;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Review;

/// <summary>Reads the notes of a folder, the oldest day first.</summary>
internal static class ReviewNotes
{
    private const string Files = "review-*.jsonl";

    /// <exception cref="UserException">There is no such folder, there are no notes in it, or a line is none.</exception>
    public static List<ReviewNote> Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserException($"{folder} is not there. Give the folder that the bot host writes to: its setting OnnxChat:Review:Folder.");

        var files = Directory.GetFiles(folder, Files).Order(StringComparer.Ordinal).ToList();
        return files.Count == 0
            ? throw new UserException($"{folder} holds no {Files}. The bot host writes them where OnnxChat:Review:Folder says, once customers rate replies or talk to a person.")
            : [.. files.SelectMany(ReadFile)];
    }

    private static IEnumerable<ReviewNote> ReadFile(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(line, file, number);
        }
    }

    private static ReviewNote Parse(string line, string file, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<ReviewNote>(line, JsonText.Options) ?? throw new JsonException("The line is null.");
        }
        catch (JsonException e)
        {
            throw new UserException($"{file}: line {number} is no note of the bot host's: {e.Message} Mend or delete the line.", e);
        }
    }
}
