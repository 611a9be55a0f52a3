namespace OnnxChat.Connector.Confidence;

/// <summary>How a character belongs to words.</summary>
internal enum LetterKind
{
    /// <summary>Separates words.</summary>
    None,

    /// <summary>A letter or digit of a script that writes spaces between words.</summary>
    Letter,

    /// <summary>A Han character.</summary>
    Han,
}
