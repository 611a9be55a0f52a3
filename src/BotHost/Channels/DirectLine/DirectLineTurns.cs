using System.Threading.Channels;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>
/// Runs the bot: the turns of one conversation in order, those of several at the same time. A conversation with work
/// is on the list once, and after each turn goes to its end, so that nobody waits for another's many messages.
/// When the host stops, what was accepted is answered first, while the clients' streams are still open.
/// </summary>
internal sealed partial class DirectLineTurns : IHostedLifecycleService, IDisposable
{
    private readonly Channel<DirectLineConversation> _ready;
    private readonly DirectLineOptions _options;
    private readonly DirectLineAdapter _adapter;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _time;
    private readonly ILogger<DirectLineTurns> _logger;
    private readonly CancellationTokenSource _abandon = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _workers = Task.CompletedTask;
    private int _busy;

    public DirectLineTurns(DirectLineAdapter adapter, IServiceScopeFactory scopes, IOptions<DirectLineOptions> options, TimeProvider time, ILogger<DirectLineTurns> logger)
    {
        _adapter = adapter;
        _scopes = scopes;
        _options = options.Value;
        _time = time;
        _logger = logger;
        _ready = Channel.CreateBounded<DirectLineConversation>(_options.MaxConversations);
    }

    /// <summary>Whether the host stops, and takes nothing new.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Puts an activity in the conversation's queue; when it is silent, the conversation's clients are not shown it.</summary>
    /// <returns>False when too many activities of this conversation wait already.</returns>
    public bool TryPost(DirectLineConversation conversation, Activity activity, bool silent)
    {
        if (!conversation.TryPost(activity, silent, out var schedule))
            return false;

        if (schedule)
        {
            Interlocked.Increment(ref _busy);
            _ready.Writer.TryWrite(conversation);
        }

        return true;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _workers = Task.WhenAll(Enumerable.Range(0, _options.MaxConcurrentTurns).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsStopping = true;
        var busy = Volatile.Read(ref _busy);
        if (busy == 0)
            return;

        LogDraining(busy);
        await _drained.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped twice, the second time while it is disposed already.
        if (_ready.Writer.TryComplete())
            await _abandon.CancelAsync();
        await _workers.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _abandon.Dispose();

    private async Task WorkAsync()
    {
        await foreach (var conversation in _ready.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (conversation.TryTakeTurn(out var activity))
                await RunAsync(conversation, activity);

            if (conversation.FinishTurn() && _ready.Writer.TryWrite(conversation))
                continue;
            if (Interlocked.Decrement(ref _busy) == 0 && IsStopping)
                _drained.TrySetResult();
        }
    }

    private async Task RunAsync(DirectLineConversation conversation, Activity activity)
    {
        try
        {
            using var deadline = new CancellationTokenSource(_options.TurnTimeout, _time);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _abandon.Token, conversation.Closed);
            await using var scope = _scopes.CreateAsyncScope();
            var bot = scope.ServiceProvider.GetRequiredService<IBot>();
            await _adapter.ProcessAsync(activity, bot.OnTurnAsync, ended.Token);
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested || conversation.Closed.IsCancellationRequested)
        {
            LogAbandoned(activity.Id);
        }
        catch (Exception e)
        {
            // One turn that fails must not take the worker, and with it other customers' turns, along.
            LogFailed(e, activity.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Conversations} Direct Line conversations wait for the bot; they are answered first.")]
    private partial void LogDraining(int conversations);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The turn of activity {ActivityId} was abandoned, because the host stops or the conversation is over.")]
    private partial void LogAbandoned(string activityId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The turn of activity {ActivityId} failed.")]
    private partial void LogFailed(Exception exception, string activityId);
}
