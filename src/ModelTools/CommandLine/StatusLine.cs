namespace OnnxChat.ModelTools.CommandLine;

/// <summary>One line that renews itself on a screen; nothing elsewhere.</summary>
internal sealed class StatusLine(Terminal terminal) : IDisposable
{
    private const string ToEnd = "\u001b[K";
    private bool _shown;

    public void Show(string text)
    {
        if (!terminal.ShowsProgress)
            return;
        terminal.Error.Write($"\r  {text}{ToEnd}");
        _shown = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_shown)
            terminal.Error.Write($"\r{ToEnd}");
        _shown = false;
    }
}
