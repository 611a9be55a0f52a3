using OnnxChat.BotHost.Channels.DirectLine;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>A conversation that this host shows to clients: passes on what is said in it by number, and reads what it did not hear.</summary>
/// <param name="readAfter">Reads what is kept after a number.</param>
/// <param name="show">Passes an activity on.</param>
internal sealed class FollowedConversation(Func<long, Task<IReadOnlyList<ShownActivity>>> readAfter, Action<ShownActivity> show)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private long? _shown;

    /// <summary>Passes an activity on unless it was, after those before it.</summary>
    public Task ShowAsync(ShownActivity activity) => InTurnAsync(async () =>
    {
        if (_shown + 1 < activity.Number)
            await CatchUpToNowAsync();
        ShowOnce(activity);
    });

    /// <summary>Passes on what was said while nothing was heard.</summary>
    public Task CatchUpAsync() => InTurnAsync(CatchUpToNowAsync);

    private Task InTurnAsync(Func<Task> act)
    {
        lock (_gate)
            return _last = AfterAsync(_last, act);
    }

    private static async Task AfterAsync(Task before, Func<Task> act)
    {
        await before.WaitAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await act();
    }

    private async Task CatchUpToNowAsync()
    {
        foreach (var missed in await readAfter(_shown ?? 0))
            ShowOnce(missed);
    }

    private void ShowOnce(ShownActivity activity)
    {
        if (activity.Number <= _shown)
            return;
        _shown = activity.Number;
        show(activity);
    }
}
