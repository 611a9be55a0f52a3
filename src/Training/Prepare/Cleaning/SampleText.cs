using System.Globalization;
using System.Text;

namespace OnnxChat.Training.Prepare.Cleaning;

/// <summary>Texts in one form: NFC, no control characters, one space between words.</summary>
internal static class SampleText
{
    /// <summary>
    /// Composes characters, leaves control and formatting characters out (joiners within emoji and scripts stay), makes
    /// white space one space, and line breaks one or two line feeds.
    /// </summary>
    public static string Normalize(string text)
    {
        // A lone surrogate is no character; encoding makes it U+FFFD.
        var composed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(NormalizationForm.FormC);
        var written = new StringBuilder(composed.Length);
        int breaks = 0, spaces = 0;
        for (var i = 0; i < composed.Length; i++)
        {
            var character = composed[i];
            if (character is '\n' or '\r' or '\u2028' or '\u2029')
                breaks += character == '\n' && i > 0 && composed[i - 1] == '\r' ? 0 : 1;
            else if (char.IsWhiteSpace(character))
                spaces++;
            else if (!IsLeftOut(character))
            {
                if (written.Length > 0 && breaks + spaces > 0)
                    written.Append(breaks == 0 ? " " : breaks == 1 ? "\n" : "\n\n");
                breaks = spaces = 0;
                written.Append(character);
            }
        }

        return written.ToString();
    }

    /// <summary>What texts are compared by: without width, case and breaks.</summary>
    public static string Key(string normalized) =>
        normalized.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Replace('\n', ' ');

    private static bool IsLeftOut(char character) => character is not ('\u200c' or '\u200d')
        && CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format;
}
