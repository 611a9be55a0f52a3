namespace OnnxChat.Streaming.Sources;

/// <summary>Gives streamed replies.</summary>
internal interface IReplySource
{
    /// <summary>Asks, and reads the reply to its end.</summary>
    /// <exception cref="InvalidOperationException">There was no whole reply: then nothing was measured.</exception>
    Task<ReplyTiming> AskAsync(string question, CancellationToken cancellationToken);
}
