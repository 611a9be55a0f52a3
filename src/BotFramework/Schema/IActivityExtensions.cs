namespace Microsoft.Bot.Schema;

/// <summary>The locale, which <see cref="IActivity"/> itself does not have.</summary>
public static class IActivityExtensions
{
    public static string GetLocale(this IActivity activity) => ((Activity)activity).Locale;

    public static void SetLocale(this IActivity activity, string locale) => ((Activity)activity).Locale = locale;
}
