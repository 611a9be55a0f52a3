using System.Globalization;

namespace OnnxChat.BotHost.Channels.DirectLine;

internal static class Watermarks
{
    /// <summary>Nothing, or <c>-</c>, means: from the start.</summary>
    public static bool TryParse(string? text, out long watermark)
    {
        watermark = 0;
        return string.IsNullOrEmpty(text) || text == "-" || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out watermark);
    }
}
