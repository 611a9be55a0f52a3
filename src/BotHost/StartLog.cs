namespace OnnxChat.BotHost;

/// <summary>Whether the host has started, for the log's filter.</summary>
internal sealed class StartLog
{
    private volatile bool _hasStarted;

    public bool HasStarted
    {
        get => _hasStarted;
        set => _hasStarted = value;
    }
}
