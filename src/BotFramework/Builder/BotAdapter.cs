using System.Globalization;
using System.Security.Claims;
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>Between a channel and a bot: it brings the channel's activities into turns, and sends what the bot answers.</summary>
public abstract class BotAdapter
{
    public const string BotIdentityKey = "BotIdentity";
    public const string OAuthScopeKey = "Microsoft.Bot.Builder.BotAdapter.OAuthScope";
    public const string InvokeResponseKey = "BotFrameworkAdapter.InvokeResponse";

    public BotAdapter()
    {
    }

    /// <summary>Handles an exception that a turn throws. Without a handler it leaves the adapter.</summary>
    public Func<ITurnContext, Exception, Task> OnTurnError { get; set; }

    public MiddlewareSet MiddlewareSet { get; } = [];

    public BotAdapter Use(IMiddleware middleware)
    {
        MiddlewareSet.Use(middleware);
        return this;
    }

    public abstract Task<ResourceResponse[]> SendActivitiesAsync(ITurnContext turnContext, Activity[] activities, CancellationToken cancellationToken);

    public abstract Task<ResourceResponse> UpdateActivityAsync(ITurnContext turnContext, Activity activity, CancellationToken cancellationToken);

    public abstract Task DeleteActivityAsync(ITurnContext turnContext, ConversationReference reference, CancellationToken cancellationToken);

    /// <summary>Runs a turn in a conversation that the bot has spoken in before.</summary>
    public virtual async Task ContinueConversationAsync(string botId, ConversationReference reference, BotCallbackHandler callback, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        using var context = new TurnContext(this, reference.GetContinuationActivity());
        await RunPipelineAsync(context, callback, cancellationToken).ConfigureAwait(false);
    }

    public virtual Task ContinueConversationAsync(ClaimsIdentity claimsIdentity, ConversationReference reference, BotCallbackHandler callback, CancellationToken cancellationToken) =>
        throw NotOffered(nameof(ContinueConversationAsync));

    public virtual Task ContinueConversationAsync(ClaimsIdentity claimsIdentity, ConversationReference reference, string audience, BotCallbackHandler callback, CancellationToken cancellationToken) =>
        throw NotOffered(nameof(ContinueConversationAsync));

    public virtual Task ContinueConversationAsync(string botId, Activity continuationActivity, BotCallbackHandler callback, CancellationToken cancellationToken) =>
        throw NotOffered(nameof(ContinueConversationAsync));

    public virtual Task ContinueConversationAsync(ClaimsIdentity claimsIdentity, Activity continuationActivity, BotCallbackHandler callback, CancellationToken cancellationToken) =>
        throw NotOffered(nameof(ContinueConversationAsync));

    public virtual Task ContinueConversationAsync(ClaimsIdentity claimsIdentity, Activity continuationActivity, string audience, BotCallbackHandler callback, CancellationToken cancellationToken) =>
        throw NotOffered(nameof(ContinueConversationAsync));

    public virtual Task CreateConversationAsync(string botAppId, string channelId, string serviceUrl, string audience, ConversationParameters conversationParameters, BotCallbackHandler callback, CancellationToken cancellationToken) =>
        throw NotOffered(nameof(CreateConversationAsync));

    public virtual Task<InvokeResponse> ProcessActivityAsync(ClaimsIdentity claimsIdentity, Activity activity, BotCallbackHandler callback, CancellationToken cancellationToken) =>
        throw NotOffered(nameof(ProcessActivityAsync));

    /// <summary>Runs the middleware and then <paramref name="callback"/>, with exceptions to <see cref="OnTurnError"/>.</summary>
    protected async Task RunPipelineAsync(ITurnContext turnContext, BotCallbackHandler callback, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        SetLocale(turnContext);
        try
        {
            await MiddlewareSet.ReceiveActivityWithStatusAsync(turnContext, callback, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (OnTurnError is not null)
        {
            await OnTurnError(turnContext, exception).ConfigureAwait(false);
        }
    }

    // The culture flows with this turn's asynchronous calls and leaves the caller's alone.
    private static void SetLocale(ITurnContext turnContext)
    {
        if (turnContext.Activity.Locale is not { } locale)
            return;

        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(locale, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            locale = CultureInfo.CurrentCulture.Name;
        }

        if (turnContext is TurnContext context)
            context.Locale = locale;
    }

    private NotSupportedException NotOffered(string operation) =>
        new($"{GetType().Name} does not offer this form of {operation}. Override it, or use an adapter that does, such as CloudAdapter.");
}
