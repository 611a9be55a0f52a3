using System.Globalization;
using System.Text.RegularExpressions;

namespace OnnxChat.BotHost.Bot;

/// <summary>Which of the bot's languages suits a customer.</summary>
internal static partial class BotLanguage
{
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-Hans");

    /// <summary>A customer who writes Chinese reads it; otherwise the channel's locale decides, and without one it is English.</summary>
    public static CultureInfo Of(string? locale, string? text = null) =>
        IsChinese(locale) || (text is not null && Han().IsMatch(text)) ? Chinese : English;

    private static bool IsChinese(string? locale) =>
        locale is not null
        && locale.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
        && (locale.Length == 2 || locale[2] is '-' or '_');

    [GeneratedRegex(@"[\u3400-\u4DBF\u4E00-\u9FFF]")]
    private static partial Regex Han();
}
