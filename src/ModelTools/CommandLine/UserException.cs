namespace OnnxChat.ModelTools.CommandLine;

/// <summary>Something that the person at the terminal can mend; the message says what and how.</summary>
internal sealed class UserException : Exception
{
    public UserException(string message)
        : base(message)
    {
    }

    public UserException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
