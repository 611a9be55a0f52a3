namespace OnnxChat.BotHost.Bot;

internal static class HelpRequest
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "help", "/help", "帮助", "/帮助", "幫助" };

    /// <summary>Whether the customer asks what the bot is, and not for help with something.</summary>
    public static bool Is(string text) => Words.Contains(text.TrimEnd('!', '?', '.', '！', '？', '。', ' '));
}
