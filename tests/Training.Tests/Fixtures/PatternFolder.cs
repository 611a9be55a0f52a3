using OnnxChat.Testing;
using OnnxChat.Training.Expand;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Tests.Fixtures;

/// <summary>A folder of pattern files for one test.</summary>
internal sealed class PatternFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public PatternFolder With(string file, params string[] lines)
    {
        var path = _folder[file];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
        return this;
    }

    public IReadOnlyList<Sample> Expand(int variants = 4, bool allAnswers = false, double wrapped = 0.3, int seed = 1)
    {
        var expander = new Expander(new ExpandRequest(Path, variants, allAnswers, wrapped, seed));
        return [.. PatternLanguage.ReadAll(Path).SelectMany(expander.Expand)];
    }

    public void Dispose() => _folder.Dispose();
}
