using System.Text.Encodings.Web;
using System.Text.Json;
using OnnxChat.Gpt2.Export;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Samples;
using OnnxChat.Training.Vocabulary;

namespace OnnxChat.Training.Prepare;

/// <summary>Writes a prepared folder. It appears when it is complete; what fails leaves nothing.</summary>
internal static class PreparedFolder
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <exception cref="UserException">The output is there and not to be replaced.</exception>
    public static void RequireFree(string output, bool replace)
    {
        if (File.Exists(output))
            throw new UserException($"{output} is a file; --output names a folder.");
        if (!replace && Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
            throw new UserException($"{output} exists. Give --replace to make it anew, or another --output.");
        if (replace && Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any() && !File.Exists(Path.Combine(output, "prepared.json")))
            throw new UserException($"{output} was not made by this command (it has no prepared.json), so --replace leaves it alone. Name another --output.");
    }

    public static PreparedReport Write(
        string output, IEnumerable<Sample> training, IEnumerable<Sample> validation, PreparedTokenizer tokenizer, PreparedReport report)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        var unfinished = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            Directory.CreateDirectory(unfinished);
            SampleJson.WriteFile(Path.Combine(unfinished, "train.jsonl"), training);
            SampleJson.WriteFile(Path.Combine(unfinished, "validation.jsonl"), validation);
            VocabularyFiles.Write(tokenizer.Tokenizer, Path.Combine(unfinished, "tokenizer"));
            ModelTemplateFile.Write(Path.Combine(unfinished, "template.json"), tokenizer.Template);
            var complete = report with { Files = Describe(unfinished) };
            File.WriteAllText(Path.Combine(unfinished, "prepared.json"), JsonSerializer.Serialize(complete, Json) + "\n");
            Place(unfinished, target);
            return complete;
        }
        finally
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
        }
    }

    // What was there goes away when the new one is in its place.
    private static void Place(string unfinished, string target)
    {
        var earlier = $"{target}.{Guid.NewGuid():n}.old";
        if (Directory.Exists(target))
            Directory.Move(target, earlier);
        Directory.Move(unfinished, target);
        if (Directory.Exists(earlier))
            Directory.Delete(earlier, recursive: true);
    }

    private static Dictionary<string, PreparedFile> Describe(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => (Name: Path.GetRelativePath(folder, path).Replace('\\', '/'), Path: path))
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .ToDictionary(file => file.Name, file => PreparedFile.Of(file.Path));
}
