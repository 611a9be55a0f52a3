using System.Text;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Texts;

/// <summary>Writes a customer's words as people type them: without capitals or full stops, with typing errors.</summary>
internal static class TextNoise
{
    private const int LongText = 30;
    private const int FewestLetters = 4;
    private const string Endings = "?.!？。！";

    // Each key with those beside it.
    private static readonly Dictionary<char, string> Neighbours = new()
    {
        ['q'] = "wa",
        ['w'] = "qes",
        ['e'] = "wrd",
        ['r'] = "etf",
        ['t'] = "ryg",
        ['y'] = "tuh",
        ['u'] = "yij",
        ['i'] = "uok",
        ['o'] = "ipl",
        ['p'] = "ol",
        ['a'] = "qsz",
        ['s'] = "adwx",
        ['d'] = "sfec",
        ['f'] = "dgrv",
        ['g'] = "fhtb",
        ['h'] = "gjyn",
        ['j'] = "hkum",
        ['k'] = "jli",
        ['l'] = "kop",
        ['z'] = "asx",
        ['x'] = "zcs",
        ['c'] = "xvd",
        ['v'] = "cbf",
        ['b'] = "vng",
        ['n'] = "bmh",
        ['m'] = "njk",
    };

    /// <param name="text">What was said.</param>
    /// <param name="errors">Probability of typing errors; capitals and full stops change whatever it is.</param>
    /// <param name="random">What chance comes from.</param>
    public static string Apply(string text, double errors, SeededRandom random)
    {
        text = Ended(Cased(text, random), random);
        if (!random.Chance(errors))
            return text;
        var letters = new StringBuilder(text);
        var count = 1 + (text.Length > LongText ? random.Next(3) : 0);
        for (var i = 0; i < count && letters.Length > FewestLetters; i++)
            Misspell(letters, random);
        return letters.ToString();
    }

    private static string Cased(string text, SeededRandom random) => random.Next(20) switch
    {
        < 4 => text.ToLowerInvariant(),
        < 10 => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..],
        10 => text.ToUpperInvariant(),
        _ => text,
    };

    private static string Ended(string text, SeededRandom random) => random.Next(6) switch
    {
        0 or 1 => text.TrimEnd(Endings.ToCharArray()),
        2 when text.Length > 0 && char.IsLetterOrDigit(text[^1]) => text + (IsIdeograph(text[^1]) ? random.Pick("？。".ToCharArray()) : random.Pick("?.".ToCharArray())),
        _ => text,
    };

    private static void Misspell(StringBuilder text, SeededRandom random)
    {
        var at = 1 + random.Next(text.Length - 2);
        var letter = text[at];
        if (!char.IsLetter(letter) || char.IsSurrogate(letter))
            return;
        switch (random.Next(IsIdeograph(letter) ? 2 : 4))
        {
            case 0:
                text.Remove(at, 1);
                break;
            case 1:
                text.Insert(at, letter);
                break;
            case 2 when char.IsLetter(text[at - 1]):
                (text[at - 1], text[at]) = (letter, text[at - 1]);
                break;
            case 3 when Neighbours.TryGetValue(letter, out var keys):
                text[at] = random.Pick(keys.ToCharArray());
                break;
        }
    }

    private static bool IsIdeograph(char letter) => letter is >= '\u2E80' and <= '\u9FFF';
}
