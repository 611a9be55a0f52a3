namespace OnnxChat.ModelTools.CommandLine;

/// <summary>What the program's exit code means.</summary>
internal static class ExitCodes
{
    /// <summary>All was done.</summary>
    public const int Fine = 0;

    /// <summary>Something failed; nothing half-written is left.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    public const int UsedWrongly = 2;

    /// <summary>Stopped by Ctrl-C (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
