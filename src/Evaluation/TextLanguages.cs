using System.Text;
using OnnxChat.Evaluation.Bleu;

namespace OnnxChat.Evaluation;

/// <summary>Tells languages apart, and how each is scored.</summary>
public static class TextLanguages
{
    /// <summary>
    /// The language of a text: Chinese where it has at least as many Han characters as words of other letters, so that
    /// a mail address within a Chinese sentence, or a Chinese name within an English one, changes nothing.
    /// </summary>
    public static TextLanguage Detect(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int han = 0, words = 0;
        var within = false;
        foreach (var character in text.EnumerateRunes())
        {
            var isHan = IsHan(character);
            var isLetter = !isHan && Rune.IsLetter(character);
            if (isHan)
                han++;
            if (isLetter && !within)
                words++;
            within = isLetter;
        }

        return han > 0 && han >= words ? TextLanguage.Chinese : TextLanguage.English;
    }

    /// <summary><c>en</c> or <c>zh</c>.</summary>
    public static string Code(this TextLanguage language) => language == TextLanguage.Chinese ? "zh" : "en";

    /// <summary>How BLEU takes texts of this language apart.</summary>
    public static BleuTokenization Tokenization(this TextLanguage language) =>
        language == TextLanguage.Chinese ? BleuTokenization.Chinese : BleuTokenization.International13a;

    // CJK Unified Ideographs with extensions A and B to H, and the compatibility ideographs.
    private static bool IsHan(Rune character) => character.Value
        is (>= 0x3400 and <= 0x4dbf) or (>= 0x4e00 and <= 0x9fff) or (>= 0xf900 and <= 0xfaff) or (>= 0x20000 and <= 0x323af);
}
