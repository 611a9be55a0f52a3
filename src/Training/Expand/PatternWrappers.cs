using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.Training.Expand;

/// <summary>What customers say around a question, and the topics that stand without it.</summary>
/// <param name="Patterns">Patterns with <c>{message}</c> in the question's place.</param>
/// <param name="Bare">Names of the topics that are never wrapped.</param>
internal sealed record PatternWrappers(IReadOnlyList<PatternLine> Patterns, IReadOnlySet<string> Bare)
{
    private const string Message = "message";
    private const string Place = "{message}";

    /// <summary>Reads a file of wrappers; none where there is no file.</summary>
    /// <exception cref="UserException">A wrapper has no place for the message or several, or a topic is not there.</exception>
    public static PatternWrappers Read(string path, PatternNames names, IReadOnlyList<PatternTopic> topics)
    {
        if (!File.Exists(path))
            return new PatternWrappers([], new HashSet<string>());

        var known = topics.Select(topic => topic.Name).ToHashSet();
        var patterns = new Dictionary<string, PatternLine>();
        var bare = new HashSet<string>();
        foreach (var (place, text) in PatternFile.Read(path).Lines)
        {
            if (text.StartsWith("- ", StringComparison.Ordinal))
                bare.UnionWith(ReadBare(text[2..], place, known));
            else if (!patterns.TryAdd(text, ReadWrapper(text, place, names)))
                throw new UserException($"{place}: the wrapper '{text}' is also {patterns[text].Place}. Remove one of the two.");
        }

        return new PatternWrappers([.. patterns.Values], bare);
    }

    private static string[] ReadBare(string text, string place, HashSet<string> known)
    {
        var names = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(names, name => !known.Contains(name)) is { } unknown
            ? throw new UserException($"{place}: there is no file {unknown}.txt to leave bare; after '- ' stand names of this language's files.")
            : names;
    }

    private static PatternLine ReadWrapper(string text, string place, PatternNames names)
    {
        var places = text.Split(Place).Length - 1;
        if (places != 1)
            throw new UserException($"{place}: the wrapper has {Place} {places} times; it must have it once, where the question stands.");
        var message = new PatternSlot(choices => choices.Message);
        return new PatternLine(place, text, PatternParser.Parse(text, place, name => name == Message ? message : names.Find(name)));
    }
}
