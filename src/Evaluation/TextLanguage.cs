namespace OnnxChat.Evaluation;

/// <summary>The languages that are scored apart.</summary>
public enum TextLanguage
{
    /// <summary>English, and any other language that writes spaces between words.</summary>
    English,

    /// <summary>Chinese.</summary>
    Chinese,
}
