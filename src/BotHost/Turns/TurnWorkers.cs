using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Turns;

/// <summary>
/// Takes turns from the inbox and runs them: those of one conversation in order, those of several at the same time. A host that
/// stops ends the turns that run; what waits is kept for the next start, or where nothing is kept, is answered first.
/// </summary>
internal sealed partial class TurnWorkers : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly ITurnInbox _inbox;
    private readonly TurnRunner _runner;
    private readonly TurnPace _pace;
    private readonly IOptions<TurnsOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TurnWorkers> _logger;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _free;
    private readonly ChannelPlaces _channels;
    private readonly CancellationTokenSource _noMore = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _taking = Task.CompletedTask;
    private Task _forgetting = Task.CompletedTask;
    private Task? _stopping;
    private int _running;

    public TurnWorkers(ITurnInbox inbox, TurnRunner runner, TurnPace pace, IOptions<TurnsOptions> options, TimeProvider time, ILogger<TurnWorkers> logger)
    {
        (_inbox, _runner, _pace, _options, _time, _logger) = (inbox, runner, pace, options, time, logger);
        _free = new SemaphoreSlim(options.Value.MaxConcurrentTurns, options.Value.MaxConcurrentTurns);
        _channels = new ChannelPlaces(options.Value.EffectiveMaxConcurrentTurnsOfChannel);
    }

    /// <summary>Whether the host stops, and takes nothing new.</summary>
    public bool IsStopping { get; private set; }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _taking = Task.Run(TakeAsync, CancellationToken.None);
        _forgetting = Task.Run(ForgetAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsStopping = true;
        if (_options.Value.Store != TurnStore.None && !_noMore.IsCancellationRequested)
            await _noMore.CancelAsync();
        if (await IsDoneAsync())
            return;

        LogDraining();
        await _drained.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped twice at a time, and is disposed when the first of them has returned.
        lock (_gate)
            _stopping ??= StopOnceAsync(cancellationToken);
        return _stopping.WaitAsync(CancellationToken.None);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _noMore.Dispose();
        _abandon.Dispose();
        _free.Dispose();
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await _noMore.CancelAsync();
        await _abandon.CancelAsync();
        await Task.WhenAll(_taking, _forgetting).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Each turn that runs has a place; when all places are free, none runs.
        for (var i = 0; i < _options.Value.MaxConcurrentTurns; i++)
            await _free.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TakeAsync()
    {
        while (!_noMore.IsCancellationRequested)
        {
            try
            {
                await _free.WaitAsync(_noMore.Token);
                var places = 1;
                for (; _free.CurrentCount > 0; places++)
                    await _free.WaitAsync(CancellationToken.None);
                var room = _channels.Look();
                var leases = await LeaseAsync(places, room);
                foreach (var lease in leases)
                    _ = Task.Run(() => RunAsync(lease), CancellationToken.None);
                if (leases.Count == 0)
                    await WaitAsync(room);
            }
            catch (OperationCanceledException) when (_noMore.IsCancellationRequested)
            {
                // The host stops.
            }
            catch (Exception e)
            {
                LogUnreachable(e);
                await Task.Delay(PauseAfterFailure, _time, _noMore.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(ChannelRoom room)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_noMore.Token);
        var waiting = _inbox.WaitForTurnsAsync(room.Full, ended.Token);
        if (await Task.WhenAny(waiting, room.Freed.WaitAsync(ended.Token)) != waiting)
            await ended.CancelAsync();
        try
        {
            await waiting;
        }
        catch (OperationCanceledException) when (!_noMore.IsCancellationRequested)
        {
            // A channel has a place again.
        }
    }

    private async Task<IReadOnlyList<TurnLease>> LeaseAsync(int places, ChannelRoom room)
    {
        var taken = 0;
        try
        {
            var leases = await _inbox.LeaseAsync(Math.Min(places, room.Most), room.Full);
            taken = leases.Count;
            foreach (var lease in leases)
                _channels.Take(lease.Turn.ChannelId);
            Interlocked.Add(ref _running, taken);
            return leases;
        }
        finally
        {
            if (places > taken)
                _free.Release(places - taken);
        }
    }

    private async Task RunAsync(TurnLease lease)
    {
        _pace.Begin();
        var began = _time.GetTimestamp();
        try
        {
            await EndAsync(lease);
        }
        catch (Exception e)
        {
            // The turn comes again when its lease has ended.
            LogUnended(e, lease.Id);
        }
        finally
        {
            _pace.End(_time.GetElapsedTime(began));
            Interlocked.Decrement(ref _running);
            _channels.Free(lease.Turn.ChannelId);
            _free.Release();
            if (IsStopping && await IsDoneAsync())
                _drained.TrySetResult();
        }
    }

    private async Task EndAsync(TurnLease lease)
    {
        using var limit = new CancellationTokenSource(_options.Value.AttemptTimeout, _time);
        using var lost = new CancellationTokenSource();
        using var over = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lost.Token, _abandon.Token);
        var run = new TurnRun(lease, _inbox, _options, _time, _abandon.Token);
        var beating = BeatAsync(run, lost, over.Token);
        bool held;
        try
        {
            await _runner.RunAsync(run, ended.Token);
            held = run.Failure is { } failure ? await _inbox.BuryAsync(lease, failure, run.Replies) : await _inbox.CompleteAsync(lease, run.Replies);
        }
        catch (Exception e) when (e is TurnLostException || lost.IsCancellationRequested)
        {
            held = false;
        }
        catch (Exception) when (_abandon.IsCancellationRequested)
        {
            LogGivenBack(lease.Id);
            held = await _inbox.ReleaseAsync(lease);
        }
        catch (Exception e) when (e is not TurnInboxException)
        {
            LogFailed(e, lease.Id, lease.Attempt);
            held = run.IsLast ? await _inbox.BuryAsync(lease, e.GetType().Name, []) : await _inbox.FailAsync(lease, e.GetType().Name);
        }
        finally
        {
            await over.CancelAsync();
            await beating;
        }

        if (!held)
            LogLost(lease.Id);
    }

    private async Task BeatAsync(TurnRun run, CancellationTokenSource lost, CancellationToken over)
    {
        using var timer = new PeriodicTimer(_options.Value.LeaseDuration / 3, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                if (!await run.RenewAsync())
                {
                    await lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The turn has ended.
        }
        catch (Exception e)
        {
            // The turn goes on: whether it still holds the lease is asked again before anything is sent.
            LogUnreachable(e);
        }
    }

    private async Task ForgetAsync()
    {
        using var timer = new PeriodicTimer(Period, _time);
        while (!_noMore.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(_noMore.Token);
                await _inbox.ForgetOldAsync();
            }
            catch (OperationCanceledException) when (_noMore.IsCancellationRequested)
            {
                // The host stops.
            }
            catch (Exception e)
            {
                LogUnreachable(e);
            }
        }
    }

    private async Task<bool> IsDoneAsync()
    {
        try
        {
            return Volatile.Read(ref _running) == 0 && (_options.Value.Store != TurnStore.None || (await _inbox.StateAsync()).Waiting == 0);
        }
        catch (TurnInboxException)
        {
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: the turns that run are ended first.")]
    private partial void LogDraining();

    [LoggerMessage(Level = LogLevel.Information, Message = "The host stops before turn {TurnId} has ended; the turn is kept for the next start, where turns are kept.")]
    private partial void LogGivenBack(long turnId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Attempt {Attempt} at turn {TurnId} failed.")]
    private partial void LogFailed(Exception exception, long turnId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} took longer than its lease and is another worker's now. Raise OnnxChat:Turns:LeaseDuration if this happens often.")]
    private partial void LogLost(long turnId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Turn {TurnId} could not be ended in the inbox; it comes again when its lease has ended.")]
    private partial void LogUnended(Exception exception, long turnId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The inbox cannot be reached; it is tried again.")]
    private partial void LogUnreachable(Exception exception);
}
