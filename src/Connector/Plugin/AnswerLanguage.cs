using OnnxChat.Connector.Confidence;

namespace OnnxChat.Connector.Plugin;

/// <summary>Language codes of callers, and what can be told of a text without more than its letters.</summary>
internal static class AnswerLanguage
{
    private const string Chinese = "zh";

    /// <summary>The language of a tag such as <c>zh-Hans</c> or <c>en_US</c> (its primary subtag, BCP 47), in lower case.</summary>
    /// <returns>Null for no tag.</returns>
    public static string? CodeOf(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
            return null;
        var end = tag.AsSpan().Trim().IndexOfAny('-', '_');
        var code = tag.Trim();
        return (end < 0 ? code : code[..end]).ToLowerInvariant();
    }

    /// <summary>Whether a text can be in a language: letters tell Chinese from others, and not those from each other.</summary>
    public static bool CanBe(string text, string code) => (ReplyCalibration.LanguageOf(text) == Chinese) == (code == Chinese);
}
