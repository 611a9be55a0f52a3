namespace OnnxChat.ModelTools.CommandLine;

/// <summary>Ctrl-C as an event.</summary>
internal interface IInterrupts
{
    /// <summary>Calls <paramref name="action"/> at every Ctrl-C, instead of ending the process, until the result is disposed.</summary>
    IDisposable Subscribe(Action action);
}
