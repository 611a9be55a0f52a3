using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.Training.Expand;

/// <summary>A file of patterns as its lines: comments and empty ones gone, each with its place.</summary>
internal sealed record PatternFile(string Path, IReadOnlyList<(string Place, string Text)> Lines)
{
    private const char Comment = '#';
    private const char Answer = '>';

    /// <summary>What follows <c>&gt;</c>.</summary>
    public IEnumerable<string> Answers => Lines.Where(line => line.Text[0] == Answer).Select(line => line.Text[1..].Trim());

    /// <summary>Everything else.</summary>
    public IEnumerable<(string Place, string Text)> Patterns => Lines.Where(line => line.Text[0] != Answer);

    /// <exception cref="UserException">An answer is empty.</exception>
    public static PatternFile Read(string path)
    {
        var lines = File.ReadLines(path)
            .Select((line, index) => (Place: $"{path}, line {index + 1}", Text: line.Trim()))
            .Where(line => line.Text.Length > 0 && line.Text[0] != Comment)
            .ToList();
        var empty = lines.FirstOrDefault(line => line.Text.Length == 1 && line.Text[0] == Answer);
        return empty.Place is null
            ? new PatternFile(path, lines)
            : throw new UserException($"{empty.Place}: the answer is empty; write its text after '>'.");
    }
}
