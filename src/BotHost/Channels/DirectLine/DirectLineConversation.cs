using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Bot.Schema;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>One customer's conversation: what was said, what waits for the bot, who listens. Thread-safe.</summary>
internal sealed class DirectLineConversation : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConversationLog _log;
    private readonly Channel<Activity> _turns;
    private readonly CancellationTokenSource _closed = new();
    private readonly int _maxStreams;
    private TaskCompletionSource _changed = NewSignal();
    private bool _scheduled;
    private int _streams;

    public DirectLineConversation(string id, string userId, DateTimeOffset now, DirectLineOptions options)
    {
        Id = id;
        UserId = userId;
        LastUsed = now;
        Closed = _closed.Token;
        _maxStreams = options.MaxStreamsPerConversation;
        _log = new ConversationLog(options.MaxActivitiesPerConversation, options.MaxBytesPerConversation);
        _turns = Channel.CreateBounded<Activity>(options.MaxPendingTurns);
    }

    public string Id { get; }

    public string UserId { get; }

    /// <summary>Cancelled when the conversation is forgotten.</summary>
    public CancellationToken Closed { get; }

    /// <summary>When the customer last did something.</summary>
    public DateTimeOffset LastUsed { get; private set; }

    /// <summary>Whether a turn runs or waits.</summary>
    public bool IsBusy
    {
        get { lock (_gate) return _scheduled; }
    }

    public void Touch(DateTimeOffset now)
    {
        lock (_gate)
            LastUsed = now;
    }

    /// <summary>
    /// Takes an activity for the bot, and unless it is silent shows it to the conversation's clients. With schedule the caller
    /// must put the conversation on the list of those with work; it is on it once at most.
    /// </summary>
    /// <returns>False when too many activities wait already; then nothing happened.</returns>
    public bool TryPost(Activity activity, bool silent, out bool schedule)
    {
        lock (_gate)
        {
            schedule = false;
            activity.Id = silent ? $"{Id}|{Guid.NewGuid():n}" : NextId();
            if (!_turns.Writer.TryWrite(activity))
                return false;

            if (!silent)
                AppendLocked(activity);
            schedule = !_scheduled;
            _scheduled = true;
            return true;
        }
    }

    public bool TryTakeTurn([NotNullWhen(true)] out Activity? activity) => _turns.Reader.TryRead(out activity);

    /// <returns>Whether another turn waits, so that the conversation stays on the list.</returns>
    public bool FinishTurn()
    {
        lock (_gate)
            return _scheduled = _turns.Reader.TryPeek(out _);
    }

    /// <summary>Shows an activity to the conversation's clients; the bot has no turn for it.</summary>
    /// <returns>The activity's id.</returns>
    public string Append(Activity activity)
    {
        lock (_gate)
        {
            activity.Id = NextId();
            StreamingChannelData.Complete(activity);
            AppendLocked(activity);
            return activity.Id;
        }
    }

    /// <summary>Shows a change of an earlier activity, whose id it carries.</summary>
    public void AppendChange(Activity activity)
    {
        lock (_gate)
            AppendLocked(activity);
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

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"{Id}|{_log.Next:d7}");

    private void AppendLocked(Activity activity)
    {
        _log.Append(ActivityJson.Write(activity));
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }
}
