using System.Net;
using System.Text;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.Bot.Streaming;

/// <summary>
/// Shows a reply while the model writes it. The first message that the bot sends afterwards, whatever it says, ends the stream:
/// a customer is never left with half a reply. A reply that comes sooner than a first update is due is no stream, but one message.
/// </summary>
internal sealed partial class ReplyStream : IDisposable
{
    private readonly ITurnContext _turn;
    private readonly StreamProfile _profile;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StreamMarks _marks;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _stopped = new();
    private readonly long _began;
    private TimeSpan _lastUpdate;
    private string _shown = "";
    private bool _broken;

    public ReplyStream(ITurnContext turn, StreamProfile profile, TimeProvider time, ILogger logger)
    {
        _turn = turn;
        _profile = profile;
        _time = time;
        _logger = logger;
        _marks = new StreamMarks(profile.UsesEntities);
        _began = time.GetTimestamp();
        turn.OnSendActivities(EndAsync);
    }

    /// <summary>Whether the customer sees something of the reply already.</summary>
    public bool HasBegun => _marks.StreamId is not null;

    /// <param name="write">The model's reply.</param>
    /// <param name="informative">What is said while there is nothing to show yet.</param>
    /// <param name="cancellationToken">Ends the reply and the turn.</param>
    /// <returns>The whole reply; null when the customer stopped it.</returns>
    public async Task<ChatResponse?> ShowAsync(Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> write, string informative, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_profile.Limit, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token, _stopped.Token);
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
        var informing = InformAsync(informative, answered.Token);
        List<ChatResponseUpdate> updates = [];
        var text = new StringBuilder();
        try
        {
            await foreach (var update in write(ended.Token))
            {
                updates.Add(update);
                text.Append(update.Text);
                await UpdateAsync(text, ended.Token);
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogStopped();
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested && text.Length > 0)
        {
            // What there is, is the answer: the channel takes nothing after its limit.
            LogCut(_profile.Limit);
        }
        finally
        {
            await answered.CancelAsync();
            await informing;
        }

        return updates.ToChatResponse();
    }

    public void Dispose()
    {
        _sending.Dispose();
        _stopped.Dispose();
    }

    private async Task InformAsync(string informative, CancellationToken cancellationToken)
    {
        if (_profile.InformsAfter is not { } delay)
            return;

        try
        {
            await Task.Delay(delay, _time, cancellationToken);
            await SendAsync(informative, StreamMarks.Informative, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The reply is there.
        }
    }

    private async Task UpdateAsync(StringBuilder text, CancellationToken cancellationToken)
    {
        if (_broken || _time.GetElapsedTime(_began) - _lastUpdate < _profile.Interval)
            return;

        var soFar = text.ToString().Trim();
        if (soFar.Length > _shown.Length && await SendAsync(soFar, StreamMarks.Streaming, cancellationToken))
            _shown = soFar;
    }

    private async Task<bool> SendAsync(string text, string streamType, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            var update = new Activity(ActivityTypes.Typing) { Text = text };
            _marks.MarkUpdate(update, streamType);
            _lastUpdate = _time.GetElapsedTime(_began);
            var response = await _turn.SendActivityAsync(update, cancellationToken);
            _marks.StreamId ??= response?.Id;
            return true;
        }
        catch (ErrorResponseException e) when (e.Response?.StatusCode == HttpStatusCode.Forbidden && HasBegun)
        {
            await _stopped.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // An update that fails must not cost the answer, which goes out whole.
            _broken = true;
            LogBroken(e);
            return false;
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<ResourceResponse[]> EndAsync(ITurnContext turn, List<Activity> activities, Func<Task<ResourceResponse[]>> next)
    {
        if (!HasBegun || activities.Find(activity => activity.Type == ActivityTypes.Message) is not { } last || !_marks.TryEnd(last, _shown))
            return await next();

        try
        {
            return await next();
        }
        catch (ErrorResponseException e) when (e.Response?.StatusCode == HttpStatusCode.Forbidden)
        {
            LogStopped();
            return [.. activities.Select(_ => new ResourceResponse())];
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The customer stopped a reply.")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reply was cut off after {Limit}, the longest that the channel streams.")]
    private partial void LogCut(TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reply could not be shown while it grew; it is sent whole.")]
    private partial void LogBroken(Exception exception);
}
