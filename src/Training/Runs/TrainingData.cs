using System.Text.Json;
using OnnxChat.Gpt2.Export;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Samples;
using OnnxChat.Training.Texts;

namespace OnnxChat.Training.Runs;

/// <summary>A prepared folder, read for training.</summary>
internal sealed class TrainingData
{
    private const string TrainingFile = "train.jsonl";
    private const string ValidationFile = "validation.jsonl";

    private TrainingData(string folder, int context)
    {
        Folder = folder;
        Template = ModelTemplateFile.Read(Path.Combine(folder, "template.json"));
        Encoder = new TextEncoder(Path.Combine(folder, "tokenizer"), Template);
        var training = ReadSamples(TrainingFile, context);
        Training = [.. training.Select(text => text.Sample)];
        PromptLengths = [.. training.Select(text => text.Prompt)];
        Validation = [.. ReadSamples(ValidationFile, context).Select(text => text.Sample)];
        if (Training.Count == 0)
            throw new UserException($"{Path.Combine(folder, TrainingFile)} has no sample that fits the context of {context} tokens; give more data, or a larger --context.");
    }

    public string Folder { get; }

    public ModelTemplate Template { get; }

    public TextEncoder Encoder { get; }

    public IReadOnlyList<Sample> Training { get; }

    /// <summary>Tokens of each one's prompt.</summary>
    public IReadOnlyList<int> PromptLengths { get; }

    public IReadOnlyList<Sample> Validation { get; }

    /// <summary>Samples left out because they are longer than the context.</summary>
    public int TooLong { get; private set; }

    public string TokenizerFolder => Path.Combine(Folder, "tokenizer");

    /// <exception cref="UserException">The folder is not one that <c>prepare</c> made, or a file of it is damaged.</exception>
    public static TrainingData Read(string folder, int context)
    {
        foreach (var needed in new[] { TrainingFile, ValidationFile, "template.json", "tokenizer/tokenizer.json" })
        {
            if (!File.Exists(Path.Combine(folder, needed)))
                throw new UserException($"{folder} has no {needed}; make the folder with 'onnxchat-train prepare'.");
        }

        return new TrainingData(folder, context);
    }

    private List<(Sample Sample, int Prompt)> ReadSamples(string file, int context)
    {
        var samples = new List<(Sample, int)>();
        var path = Path.Combine(Folder, file);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var sample = Parse(line, path, number);
            var text = Encoder.Encode(sample);
            if (text.Tokens.Length <= context)
                samples.Add((sample, text.AnswerStart));
            else
                TooLong++;
        }

        return samples;
    }

    private static Sample Parse(string line, string path, int number)
    {
        try
        {
            return SampleJson.Read(line);
        }
        catch (JsonException e)
        {
            throw new UserException($"Line {number} of {path} is no sample: {e.Message} Make the folder again with 'onnxchat-train prepare'.", e);
        }
    }
}
