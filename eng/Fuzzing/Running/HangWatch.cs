namespace OnnxChat.Fuzzing.Running;

/// <summary>Sees that one input has been under way for too long.</summary>
internal sealed class HangWatch(TimeSpan longest, TimeProvider time)
{
    private volatile byte[]? _input;

    public void Begin(byte[] input) => _input = input;

    public void End() => _input = null;

    /// <returns>The input that hangs; null where the run ended before one did.</returns>
    public async Task<byte[]?> WaitAsync(Task running)
    {
        while (true)
        {
            // Inputs are told apart by their arrays: each is made anew.
            var before = _input;
            if (await Task.WhenAny(running, Task.Delay(longest, time)).ConfigureAwait(false) == running)
                return null;
            if (before is not null && ReferenceEquals(before, _input))
                return before;
        }
    }
}
