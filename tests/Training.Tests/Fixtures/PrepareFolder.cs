using System.Text.Json;
using OnnxChat.Testing;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Tests.Fixtures;

/// <summary>Inputs and output of <c>prepare</c> for one test.</summary>
internal sealed class PrepareFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Output => _folder["prepared"];

    public string this[string name] => _folder[name];

    public PrepareFolder With(string file, params string[] lines)
    {
        File.WriteAllLines(_folder[file], lines);
        return this;
    }

    /// <summary>Writes samples that differ, each a group of its own.</summary>
    public PrepareFolder WithSamples(string file, int count)
    {
        SampleJson.WriteFile(_folder[file], Enumerable.Range(0, count).Select(i => new Sample($"question {Word(i)} about {Word(i * 7)}", $"answer {Word(i)}")));
        return this;
    }

    public Task<TrainRun> RunAsync(string input, params string[] more) =>
        TrainRun.StartAsync(["prepare", _folder[input], "--output", Output, .. more]);

    /// <summary>What was prepared, both sides together.</summary>
    public IReadOnlyList<Sample> Samples() => [.. Read("train.jsonl"), .. Read("validation.jsonl")];

    public IReadOnlyList<Sample> Read(string side) => [.. File.ReadAllLines(Path.Combine(Output, side)).Select(SampleJson.Read)];

    public JsonElement Report() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "prepared.json"))).RootElement;

    public IEnumerable<string> Entries() => Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path));

    public void Dispose() => _folder.Dispose();

    // Letters only, so that no number is taken for anybody's.
    private static string Word(int number) => string.Concat(number.ToString("D5", null).Select(digit => (char)('a' + digit - '0')));
}
