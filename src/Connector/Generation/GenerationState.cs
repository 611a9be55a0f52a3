namespace OnnxChat.Connector.Generation;

/// <summary>What the workers of a model are doing, for telemetry and health. Written by workers, read by anyone.</summary>
internal sealed class GenerationState(TimeProvider time)
{
    private long _lastStep = time.GetTimestamp();
    private int _running;

    /// <summary>Raised on the worker after each step, with the replies that it took further.</summary>
    public event Action<int>? StepCompleted;

    /// <summary>Replies that are being generated.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Time since a step was completed, or since the start where there was none.</summary>
    public TimeSpan SinceLastStep => time.GetElapsedTime(Volatile.Read(ref _lastStep));

    /// <summary>A worker took replies on (positive), or is done with some (negative).</summary>
    public void AddRunning(int replies)
    {
        // Workers that were idle have not been stuck.
        if (Interlocked.Add(ref _running, replies) == replies && replies > 0)
            Volatile.Write(ref _lastStep, time.GetTimestamp());
    }

    /// <summary>A worker completed a step.</summary>
    /// <param name="rows">Replies that it took further.</param>
    public void Stepped(int rows)
    {
        Volatile.Write(ref _lastStep, time.GetTimestamp());
        StepCompleted?.Invoke(rows);
    }
}
