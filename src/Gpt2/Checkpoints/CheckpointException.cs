namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>A checkpoint or its configuration cannot be used. The message names the file, what is wrong and the remedy.</summary>
public sealed class CheckpointException : Exception
{
    internal CheckpointException(string path, string problem, string remedy, Exception? innerException = null)
        : base($"{path}: {problem} {remedy}", innerException) => Path = path;

    /// <summary>The file or folder that the message is about.</summary>
    public string Path { get; }
}
