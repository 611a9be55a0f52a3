using System.Text;

namespace OnnxChat.Connector.Confidence;

/// <summary>A text's words, and its runs of Han characters, folded so that spellings of the same word are equal.</summary>
internal sealed class TextWords
{
    /// <summary>Letters that are read of a word.</summary>
    public const int LongestWord = 32;

    // A pasted page must not take longer than a question: 2 ms are what a lookup may take.
    private const int MostLetters = 1_000;

    private TextWords(int[] letters, List<(int Start, int Length, bool IsHan)> runs, bool isChinese)
    {
        Letters = letters;
        Runs = runs;
        IsChinese = isChinese;
    }

    /// <summary>Code points of all runs, one after another.</summary>
    public int[] Letters { get; }

    /// <summary>Where each run is in <see cref="Letters"/>.</summary>
    public IReadOnlyList<(int Start, int Length, bool IsHan)> Runs { get; }

    /// <summary>Whether there are at least as many Han characters as words of other letters.</summary>
    public bool IsChinese { get; }

    /// <summary>Reads a text. Half a surrogate pair separates words.</summary>
    public static TextWords Of(string text)
    {
        var letters = new List<int>();
        var runs = new List<(int Start, int Length, bool IsHan)>();
        int start = 0, han = 0, words = 0;
        var isHan = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (letters.Count == MostLetters)
                break;
            var letter = Fold(rune);
            if (letter is '\'' or 0x2019)
                continue;
            var kind = Kind(letter);
            if (kind == LetterKind.None || (letters.Count > start && isHan != (kind == LetterKind.Han)))
                End();
            if (kind == LetterKind.None)
                continue;
            isHan = kind == LetterKind.Han;
            // A number is a number, whatever its digits.
            if (letter == '0' && letters.Count > start && letters[^1] == '0')
                continue;
            if (isHan || letters.Count - start < LongestWord)
                letters.Add(letter);
        }

        End();
        return new TextWords([.. letters], runs, han > 0 && han >= words);

        void End()
        {
            var length = letters.Count - start;
            if (length == 0)
                return;
            runs.Add((start, length, isHan));
            if (isHan)
                han += length;
            else
                words++;
            start = letters.Count;
        }
    }

    private static int Fold(Rune rune)
    {
        // Full-width forms are ASCII, moved.
        if (rune.Value is >= 0xff01 and <= 0xff5e)
            rune = new Rune(rune.Value - 0xfee0);
        return Rune.IsDigit(rune) ? '0' : Rune.ToLowerInvariant(rune).Value;
    }

    private static LetterKind Kind(int letter)
    {
        if (letter is (>= 0x3400 and <= 0x4dbf) or (>= 0x4e00 and <= 0x9fff) or (>= 0xf900 and <= 0xfaff) or (>= 0x20000 and <= 0x323af))
            return LetterKind.Han;
        return letter != Rune.ReplacementChar.Value && Rune.IsLetterOrDigit(new Rune(letter)) ? LetterKind.Letter : LetterKind.None;
    }
}
