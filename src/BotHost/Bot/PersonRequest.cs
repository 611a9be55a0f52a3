using System.Text.RegularExpressions;

namespace OnnxChat.BotHost.Bot;

internal static partial class PersonRequest
{
    /// <summary>Whether the customer asks for a person, and for nothing else in the same message.</summary>
    public static bool Is(string text)
    {
        var words = text.TrimEnd('!', '?', '.', '！', '？', '。', '~', ' ');
        return English().IsMatch(words) || Chinese().IsMatch(words);
    }

    [GeneratedRegex(
        @"^(?:please\s+)?(?:(?:can|could|may)\s+i\s+(?:please\s+)?|i(?:'d| would)\s+like\s+to\s+|i\s+(?:want|need)\s+to\s+|let\s+me\s+|connect\s+me\s+|transfer\s+me\s+)?"
        + @"(?:(?:(?:talk|speak|chat)\s+)?(?:to|with)\s+)?(?:an?\s+|the\s+)?(?:real\s+|live\s+|human\s+)?(?:person|human|human\s+being|agent|operator|representative|someone|somebody)(?:\s+please)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex English();

    [GeneratedRegex(@"^(?:请|麻烦)?(?:帮我|给我)?(?:我(?:想|要|想要|需要))?(?:转|转接|接|找|和|跟|联系)?(?:一下|个|位)?(?:人工|真人|人工客服|人工服务|真人客服|客服人员)(?:聊聊|聊|说话|谈谈|谈)?(?:吧|谢谢)?$")]
    private static partial Regex Chinese();
}
