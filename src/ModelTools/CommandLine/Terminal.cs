namespace OnnxChat.ModelTools.CommandLine;

/// <summary>Where a command reads and writes: data on standard output, everything said to a person on standard error.</summary>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error)
{
    /// <summary>Whether a person types the input and reads the output.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether <see cref="Error"/> is a screen, so that a line may renew itself.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>The next key that the person presses, for lines with a history; null where the terminal itself reads lines.</summary>
    public Func<ConsoleKeyInfo>? ReadKey { get; init; }

    /// <summary>Ctrl-C, for a command that goes on after it; null where there is none.</summary>
    public IInterrupts? Interrupts { get; init; }
}
