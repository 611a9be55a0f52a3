using System.Globalization;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Expand;

/// <summary>What names in braces stand for in one language: the slots, and the macros of its <c>macros.txt</c>.</summary>
internal sealed class PatternNames
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static readonly string[] CodeWords = ["TRAIL", "HIKE", "SUMMER", "WINTER", "SAVE", "WELCOME", "CAMP", "OUTDOOR", "SPRING", "VIP", "FRIEND", "SALE"];

    private readonly Dictionary<string, (string Place, string Text)> _macros = [];
    private readonly Dictionary<string, PatternNode> _read = new()
    {
        ["ONO"] = new PatternSlot(choices => OrderNumber(choices.Random)),
        ["CODE"] = new PatternSlot(choices => DiscountCode(choices.Random)),
    };

    private readonly HashSet<string> _open = [];

    /// <param name="path">The file of macros; it need not exist.</param>
    /// <exception cref="UserException">A line is no macro, or a macro is there twice.</exception>
    public PatternNames(string path)
    {
        if (!File.Exists(path))
            return;
        foreach (var (place, line) in PatternFile.Read(path).Lines)
        {
            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } text])
                throw new UserException($"{place}: '{line}' is no macro; write 'name = text'.");
            if (_read.ContainsKey(name) || !_macros.TryAdd(name, (place, text)))
                throw new UserException($"{place}: the name '{name}' is taken; give each macro a name of its own.");
        }
    }

    /// <summary>The part that a name stands for; null for none.</summary>
    /// <exception cref="UserException">The macro is not readable, or contains itself.</exception>
    public PatternNode? Find(string name)
    {
        if (_read.TryGetValue(name, out var known))
            return known;
        if (!_macros.TryGetValue(name, out var macro))
            return null;
        if (!_open.Add(name))
            throw new UserException($"{macro.Place}: the macro '{name}' contains itself; write it without.");

        var parts = PatternParser.Parse(macro.Text, macro.Place, Find);
        _open.Remove(name);
        return _read[name] = parts;
    }

    // The forms in which customers write them.
    private static string OrderNumber(SeededRandom random)
    {
        var number = (10_000 + random.Next(90_000)).ToString(CultureInfo.InvariantCulture);
        return random.Next(8) switch
        {
            0 => $"#{number}",
            1 => $"TH-{number}",
            2 => $"TH{number}",
            3 => $"th{number}",
            4 => $"{number}{random.Next(10)}",
            5 => $"#{number}{random.Next(10)}",
            _ => number,
        };
    }

    private static string DiscountCode(SeededRandom random)
    {
        var code = random.Next(3) == 0
            ? string.Concat(Enumerable.Range(0, 6).Select(_ => Letters[random.Next(Letters.Length)])) + random.Next(10).ToString(CultureInfo.InvariantCulture)
            : random.Pick(CodeWords) + (5 * (1 + random.Next(10))).ToString(CultureInfo.InvariantCulture);
        return random.Next(4) == 0 ? code.ToLowerInvariant() : code;
    }
}
