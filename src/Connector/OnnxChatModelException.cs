namespace OnnxChat.Connector;

/// <summary>A model folder cannot be used: something is missing from it, or not what it should be.</summary>
/// <remarks>The message names the path, what is wrong, and the command that mends it.</remarks>
public sealed class OnnxChatModelException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Path, what is wrong, remedy.</param>
    public OnnxChatModelException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Path, what is wrong, remedy.</param>
    /// <param name="innerException">What was caught.</param>
    public OnnxChatModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
