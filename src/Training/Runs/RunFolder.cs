using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxChat.Gpt2.Export;
using OnnxChat.ModelTools;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Networks;
using OnnxChat.Training.Vocabulary;

namespace OnnxChat.Training.Runs;

/// <summary>Where a run keeps what it is, what it needs to go on, and the best model so far.</summary>
internal sealed class RunFolder(string path)
{
    private const string DescriptionFile = "run.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
    };

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Model => System.IO.Path.Combine(Path, "model");

    public string State => System.IO.Path.Combine(Path, "state", "state.bin");

    public string Metrics => System.IO.Path.Combine(Path, "metrics.jsonl");

    public string Curves => System.IO.Path.Combine(Path, "curves.svg");

    private string Description => System.IO.Path.Combine(Path, DescriptionFile);

    /// <summary>Makes the folder of a new run.</summary>
    /// <exception cref="UserException">There is something already.</exception>
    public void Create(RunDescription description)
    {
        if (File.Exists(Path) || (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any()))
            throw new UserException($"{Path} exists. Give --resume to go on with the run in it, or another --output.");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(State)!);
        WholeFile.Write(Description, partial => File.WriteAllText(partial, JsonSerializer.Serialize(description, Json) + "\n"));
    }

    /// <summary>Reads what run this is.</summary>
    /// <exception cref="UserException">It is no run's folder.</exception>
    public RunDescription Read()
    {
        if (!File.Exists(Description))
            throw new UserException($"{Path} has no {DescriptionFile}; give the folder that 'onnxchat-train train' made.");
        try
        {
            return JsonSerializer.Deserialize<RunDescription>(File.ReadAllText(Description), Json) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new UserException($"{Description} is damaged: {e.Message} Start the run again in another folder.", e);
        }
    }

    /// <summary>Refuses to go on with other data or options than the run began with.</summary>
    public void RequireSame(RunDescription description)
    {
        var mine = JsonSerializer.SerializeToElement(Read(), Json);
        var other = JsonSerializer.SerializeToElement(description, Json);
        if (Difference("", mine, other) is { } difference)
            throw new UserException($"--resume: {difference} A run goes on with the data and options that it began with; start another one in another folder.");
    }

    /// <summary>Keeps the model that the trainer would be served as.</summary>
    public void KeepModel(Trainer trainer, TrainingData data)
    {
        var unfinished = $"{Model}.tmp";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        NetworkFiles.Write(unfinished, trainer.Network, trainer.ServedWeights, data.Encoder.Folder);
        VocabularyFiles.Write(data.Encoder.Folder, unfinished);
        ModelTemplateFile.Write(System.IO.Path.Combine(unfinished, "template.json"), data.Template);
        if (Directory.Exists(Model))
            Directory.Delete(Model, recursive: true);
        Directory.Move(unfinished, Model);
    }

    private static string? Difference(string name, JsonElement mine, JsonElement other)
    {
        if (mine.ValueKind == JsonValueKind.Undefined || other.ValueKind == JsonValueKind.Undefined)
            return $"{name} was {Text(mine)} and is {Text(other)} now.";
        if (mine.ValueKind != JsonValueKind.Object || other.ValueKind != JsonValueKind.Object)
            return JsonElement.DeepEquals(mine, other) ? null : $"{name} was {Text(mine)} and is {Text(other)} now.";
        var names = mine.EnumerateObject().Concat(other.EnumerateObject()).Select(member => member.Name).Distinct();
        return names.Select(member => Difference(
            member, mine.TryGetProperty(member, out var a) ? a : default, other.TryGetProperty(member, out var b) ? b : default)).FirstOrDefault(found => found is not null);
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "not there" : value.GetRawText();
}
