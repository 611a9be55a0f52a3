namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>One customer's conversation as this host shows it: what was said, who listens. Thread-safe.</summary>
internal sealed class DirectLineConversation : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConversationLog _log;
    private readonly CancellationTokenSource _closed = new();
    private readonly int _maxStreams;
    private readonly List<ShownActivity> _early = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _loaded;
    private int _streams;

    public DirectLineConversation(string id, DirectLineOptions options)
    {
        Id = id;
        Closed = _closed.Token;
        _maxStreams = options.MaxStreamsPerConversation;
        _log = new ConversationLog(options.MaxActivitiesPerConversation, options.MaxBytesPerConversation);
    }

    public string Id { get; }

    public string UserId { get; private set; } = "";

    /// <summary>Cancelled when the conversation is forgotten.</summary>
    public CancellationToken Closed { get; }

    /// <summary>When the customer last did something.</summary>
    public DateTimeOffset LastUsed { get; private set; }

    /// <summary>Takes over what is kept of the conversation, before anybody else sees this.</summary>
    public void Load(StoredConversation stored)
    {
        lock (_gate)
        {
            (UserId, LastUsed) = (stored.UserId, stored.LastUsed);
            foreach (var activity in stored.Activities.Concat(_early))
                _log.Append(activity.Number, activity.Json);
            _early.Clear();
            _loaded = true;
        }
    }

    public void Touch(DateTimeOffset now)
    {
        lock (_gate)
            LastUsed = now;
    }

    /// <summary>Shows an activity that is kept to the conversation's clients.</summary>
    public void Show(ShownActivity activity)
    {
        lock (_gate)
        {
            if (!_loaded)
                _early.Add(activity);
            else if (_log.Append(activity.Number, activity.Json))
                SignalLocked();
        }
    }

    /// <summary>Shows what means something now only, such as that the bot is writing; it is not kept.</summary>
    public void ShowInPassing(byte[] activity)
    {
        lock (_gate)
        {
            if (_log.AppendInPassing(activity))
                SignalLocked();
        }
    }

    /// <summary>What the client with this watermark has not seen; changed completes when there is more than that.</summary>
    public ActivitySet ReadAfter(long watermark, out Task changed)
    {
        lock (_gate)
        {
            changed = _changed.Task;
            return _log.ReadAfter(watermark);
        }
    }

    public bool TryOpenStream()
    {
        lock (_gate)
        {
            if (_streams >= _maxStreams)
                return false;
            _streams++;
            return true;
        }
    }

    public void CloseStream()
    {
        lock (_gate)
            _streams--;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private void SignalLocked()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
