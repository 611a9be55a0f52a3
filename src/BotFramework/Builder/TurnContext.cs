using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace Microsoft.Bot.Builder;

/// <summary>One turn: the activity, the adapter that it came through, and the handlers around what is sent.</summary>
public class TurnContext : ITurnContext, IDisposable
{
    private const string TurnKey = "turn";
    private const string LocaleKey = "locale";

    private readonly List<SendActivitiesHandler> _sendHandlers = [];
    private readonly List<UpdateActivityHandler> _updateHandlers = [];
    private readonly List<DeleteActivityHandler> _deleteHandlers = [];
    private bool _disposed;

    public TurnContext(BotAdapter adapter, Activity activity)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentNullException.ThrowIfNull(activity);
        Adapter = adapter;
        Activity = activity;
        TurnState = [];
        BufferedReplyActivities = [];
    }

    /// <summary>The same turn with another activity in its place.</summary>
    public TurnContext(ITurnContext turnContext, Activity activity)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        ArgumentNullException.ThrowIfNull(activity);
        Adapter = turnContext.Adapter;
        Activity = activity;
        TurnState = turnContext.TurnState;
        Responded = turnContext.Responded;
        BufferedReplyActivities = [];
        if (turnContext is not TurnContext other)
            return;

        BufferedReplyActivities = other.BufferedReplyActivities;
        _sendHandlers = other._sendHandlers;
        _updateHandlers = other._updateHandlers;
        _deleteHandlers = other._deleteHandlers;
    }

    public BotAdapter Adapter { get; }

    public TurnContextStateCollection TurnState { get; }

    public Activity Activity { get; }

    public bool Responded { get; private set; }

    /// <summary>The replies that go back in the response, where the delivery mode is <c>expectReplies</c>.</summary>
    public List<Activity> BufferedReplyActivities { get; }

    public string Locale
    {
        get => (string)TurnState.Get<JObject>(TurnKey)?[LocaleKey];
        set
        {
            if (TurnState.Get<JObject>(TurnKey) is { } turn)
                turn[LocaleKey] = value;
            else
                TurnState.Set(TurnKey, new JObject { [LocaleKey] = value });
        }
    }

    public ITurnContext OnSendActivities(SendActivitiesHandler handler) => AddTo(_sendHandlers, handler);

    public ITurnContext OnUpdateActivity(UpdateActivityHandler handler) => AddTo(_updateHandlers, handler);

    public ITurnContext OnDeleteActivity(DeleteActivityHandler handler) => AddTo(_deleteHandlers, handler);

    public Task<ResourceResponse> SendActivityAsync(string textReplyToSend, string speak = null, string inputHint = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentException.ThrowIfNullOrWhiteSpace(textReplyToSend);
        return SendActivityAsync(
            new Activity(ActivityTypes.Message)
            {
                Text = textReplyToSend,
                Speak = string.IsNullOrEmpty(speak) ? null : speak,
                InputHint = string.IsNullOrEmpty(inputHint) ? null : inputHint,
            },
            cancellationToken);
    }

    public async Task<ResourceResponse> SendActivityAsync(IActivity activity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var responses = await SendActivitiesAsync([activity], cancellationToken).ConfigureAwait(false);
        return responses is { Length: > 0 } ? responses[0] : new ResourceResponse();
    }

    public Task<ResourceResponse[]> SendActivitiesAsync(IActivity[] activities, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(activities);
        if (activities.Length == 0)
            throw new ArgumentException("There must be at least one activity to send.", nameof(activities));

        var reference = Activity.GetConversationReference();
        List<Activity> outgoing = [.. activities.Select(activity => activity.ApplyConversationReference(reference))];
        return SendFromAsync(0);

        Task<ResourceResponse[]> SendFromAsync(int handler) => handler < _sendHandlers.Count
            ? _sendHandlers[handler](this, outgoing, () => SendFromAsync(handler + 1))
            : DeliverAsync(outgoing, cancellationToken);
    }

    public Task<ResourceResponse> UpdateActivityAsync(IActivity activity, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(activity);
        var outgoing = activity.ApplyConversationReference(Activity.GetConversationReference());
        return UpdateFromAsync(0);

        async Task<ResourceResponse> UpdateFromAsync(int handler)
        {
            if (handler == _updateHandlers.Count)
                return await Adapter.UpdateActivityAsync(this, outgoing, cancellationToken).ConfigureAwait(false);

            return await _updateHandlers[handler](this, outgoing, async () =>
            {
                var response = await UpdateFromAsync(handler + 1).ConfigureAwait(false);
                outgoing.Id = response?.Id ?? outgoing.Id;
                return response;
            }).ConfigureAwait(false);
        }
    }

    public Task DeleteActivityAsync(string activityId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(activityId);
        var reference = Activity.GetConversationReference();
        reference.ActivityId = activityId;
        return DeleteActivityAsync(reference, cancellationToken);
    }

    public Task DeleteActivityAsync(ConversationReference conversationReference, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(conversationReference);
        return DeleteFromAsync(0);

        Task DeleteFromAsync(int handler) => handler < _deleteHandlers.Count
            ? _deleteHandlers[handler](this, conversationReference, () => DeleteFromAsync(handler + 1))
            : Adapter.DeleteActivityAsync(this, conversationReference, cancellationToken);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
            TurnState.Dispose();

        _disposed = true;
    }

    private async Task<ResourceResponse[]> DeliverAsync(List<Activity> activities, CancellationToken cancellationToken)
    {
        var responses = Activity.DeliveryMode == DeliveryModes.ExpectReplies
            ? Buffer(activities)
            : await SendThroughAdapterAsync(activities, cancellationToken).ConfigureAwait(false);
        Responded |= activities.Exists(activity => activity.Type != ActivityTypes.Trace);
        return responses;
    }

    private ResourceResponse[] Buffer(List<Activity> activities)
    {
        BufferedReplyActivities.AddRange(activities);
        // The adapter, which would note it, does not see what is buffered.
        if (activities.Find(activity => activity.Type == ActivityTypesEx.InvokeResponse) is { } response)
            TurnState.Set(BotAdapter.InvokeResponseKey, response);

        return [.. activities.Select(_ => new ResourceResponse())];
    }

    private async Task<ResourceResponse[]> SendThroughAdapterAsync(List<Activity> activities, CancellationToken cancellationToken)
    {
        var responses = await Adapter.SendActivitiesAsync(this, [.. activities], cancellationToken).ConfigureAwait(false);
        foreach (var (activity, response) in activities.Zip(responses))
            activity.Id = response?.Id;

        return responses;
    }

    private TurnContext AddTo<T>(List<T> handlers, T handler)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(handler);
        handlers.Add(handler);
        return this;
    }
}
