using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.Training.Expand;

/// <summary>The patterns of one language: a folder with its topics, macros and wrappers.</summary>
internal sealed record PatternLanguage(string Name, IReadOnlyList<PatternTopic> Topics, PatternWrappers Wrappers)
{
    private const string OtherInstructions = "instructions.txt";
    private const string OutOfScope = "out-of-scope";
    private const string Macros = "macros.txt";
    private const string Wrapping = "wrappers.txt";

    /// <summary>System texts that callers may send instead of the model's own.</summary>
    public IReadOnlyList<string> Instructions { get; private init; } = [];

    /// <summary>Reads all languages below a folder, in the order of their names.</summary>
    /// <exception cref="UserException">There is none, or a file is not as it must be; the message names file and line.</exception>
    public static IReadOnlyList<PatternLanguage> ReadAll(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserException($"{folder} does not exist. Name a folder with one folder a language, such as data/starter.");
        var languages = Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
            .Where(language => Directory.EnumerateFiles(language, "*.txt", SearchOption.AllDirectories).Any())
            .Select(Read)
            .ToList();
        return languages.Count > 0
            ? languages
            : throw new UserException($"{folder} holds no patterns: files are looked for as <language>/<intent>.txt, for example en/greeting.txt.");
    }

    private static PatternLanguage Read(string folder)
    {
        var language = Path.GetFileName(folder);
        var names = new PatternNames(Path.Combine(folder, Macros));
        var seen = new Dictionary<string, string>();
        var topics = Files(folder).Where(file => Path.GetFileName(file) is not (Macros or Wrapping or OtherInstructions))
            .Select(file => ReadTopic(file, $"{language}/{Path.GetFileNameWithoutExtension(file)}", declined: false, names, seen))
            .ToList();
        if (Path.Combine(folder, OutOfScope) is var apart && Directory.Exists(apart))
            topics.AddRange(Files(apart).Select(file => ReadTopic(file, $"{language}/{OutOfScope}", declined: true, names, seen)));
        return new PatternLanguage(language, topics, PatternWrappers.Read(Path.Combine(folder, Wrapping), names, topics))
        {
            Instructions = ReadInstructions(Path.Combine(folder, OtherInstructions)),
        };
    }

    private static List<string> ReadInstructions(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#')] : [];

    private static PatternTopic ReadTopic(string path, string topic, bool declined, PatternNames names, Dictionary<string, string> seen)
    {
        var file = PatternFile.Read(path);
        var patterns = new List<PatternLine>();
        foreach (var (place, text) in file.Patterns)
        {
            if (!seen.TryAdd(text, place))
                throw new UserException($"{place}: the pattern '{text}' is also {seen[text]}. Remove one of the two: no two patterns of a language may be equal.");
            patterns.Add(new PatternLine(place, text, PatternParser.Parse(text, place, names.Find)));
        }

        List<string> answers = [.. file.Answers];
        if (answers.Count == 0)
            throw new UserException($"{path} has no answer; write one on a line of its own after '> '.");
        if (patterns.Count == 0)
            throw new UserException($"{path} has no pattern; write what a customer types, one a line.");
        var name = Path.GetFileNameWithoutExtension(path);
        return new PatternTopic(name, declined ? $"{topic}/{name}" : topic, topic, declined, answers, patterns);
    }

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal);
}
