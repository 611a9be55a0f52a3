using System.Text.RegularExpressions;

namespace OnnxChat.BotHost.Review;

/// <summary>Takes out of a text what points to one person by its form: addresses of mail and web, and numbers long enough to be somebody's.</summary>
/// <remarks>Names and street addresses have no form to know them by; they stay, and whoever reads the notes must take them out.</remarks>
internal static partial class PersonalData
{
    public static string Remove(string text) =>
        Number().Replace(Code().Replace(Link().Replace(Mail().Replace(text, "<email>"), "<link>"), "<number>"), "<number>");

    [GeneratedRegex(@"[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>""，。]+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    // Letters and digits in one word, at least four of them digits: order numbers, bank accounts, number plates.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?=(?:[A-Za-z-]*[0-9]){4})(?=[0-9-]*[A-Za-z])[A-Za-z0-9-]{5,}(?![A-Za-z0-9])")]
    private static partial Regex Code();

    // Four digits or more, as they are grouped in telephone and card numbers.
    [GeneratedRegex(@"\+?\(?[0-9](?:[ ()./-]{0,2}[0-9]){3,}")]
    private static partial Regex Number();
}
