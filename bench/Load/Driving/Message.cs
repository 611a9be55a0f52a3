using System.Diagnostics;
using OnnxChat.Load.Measuring;

namespace OnnxChat.Load.Driving;

/// <summary>A message and what has become of it.</summary>
internal sealed class Message(string id, long sentAt, Tally tally)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _replies;

    public string Id => id;

    /// <summary>Where it is counted when it has ended.</summary>
    public Tally Tally => tally;

    public bool WasAccepted { get; private set; }

    /// <summary>0 until the host has answered.</summary>
    public int Status { get; private set; }

    /// <summary>Whether a refusal says when to come again.</summary>
    public bool SaysWhen { get; private set; }

    /// <summary>How long the host took to say that it has the message, or has it not.</summary>
    public TimeSpan ToldAfter { get; private set; }

    public TimeSpan AnsweredAfter { get; private set; }

    public bool IsModelsAnswer { get; private set; }

    public int Replies => Volatile.Read(ref _replies);

    public bool HasEnded => Status != 0 && (!WasAccepted || Replies > 0);

    public Task AnsweredAsync() => _answered.Task.WaitAsync(CancellationToken.None);

    public void Told(bool accepted, int status, bool saysWhen)
    {
        ToldAfter = Stopwatch.GetElapsedTime(sentAt);
        (WasAccepted, SaysWhen, Status) = (accepted, saysWhen, status);
        if (!accepted)
            _answered.TrySetResult();
    }

    /// <returns>False where there was an answer before.</returns>
    public bool Answered(bool isModel)
    {
        if (Interlocked.Increment(ref _replies) > 1)
            return false;
        (AnsweredAfter, IsModelsAnswer) = (Stopwatch.GetElapsedTime(sentAt), isModel);
        _answered.TrySetResult();
        return true;
    }
}
