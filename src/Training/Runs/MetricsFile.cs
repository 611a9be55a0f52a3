using System.Text.Json;
using OnnxChat.ModelTools;

namespace OnnxChat.Training.Runs;

/// <summary>The evaluations of a run, one JSON object a line.</summary>
internal sealed class MetricsFile(string path)
{
    private readonly List<RunMetrics> _lines = [];

    public IReadOnlyList<RunMetrics> Lines => _lines;

    /// <summary>Reads what an earlier part of the run wrote, up to the step that its state is of.</summary>
    public static MetricsFile Open(string path, long upTo)
    {
        var file = new MetricsFile(path);
        if (File.Exists(path))
            file._lines.AddRange(File.ReadLines(path).Select(line => JsonSerializer.Deserialize<RunMetrics>(line, JsonText.Options)!).Where(line => line.Step <= upTo));
        return file;
    }

    public void Add(RunMetrics metrics)
    {
        _lines.Add(metrics);
        WholeFile.Write(path, partial => File.WriteAllLines(partial, _lines.Select(line => JsonSerializer.Serialize(line, JsonText.Options))));
    }
}
