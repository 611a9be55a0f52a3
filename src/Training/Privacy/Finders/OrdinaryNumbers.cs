using System.Text.RegularExpressions;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>What looks like a long number and tells of nobody.</summary>
internal static partial class OrdinaryNumbers
{
    /// <summary>Whether a text begins with a date, or is a year.</summary>
    public static bool IsDate(string text) => Dates().IsMatch(text);

    // 05/12/2026, 5.12.26, 2026-12-05; more numbers behind it make a telephone number of it (06.12.34.56.78).
    [GeneratedRegex(@"^(?:[0-9]{1,2}[./-][0-9]{1,2}[./-](?:(?:19|20)[0-9]{2}|[0-9]{2})|(?:19|20)[0-9]{2}[./-][0-9]{1,2}[./-][0-9]{1,2})(?![./-]?[0-9])|^(?:19|20)[0-9]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Dates();
}
