using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Bot.Schema;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Microsoft.Bot.Builder;

public partial class ActivityHandler
{
    protected static InvokeResponse CreateInvokeResponse(object body = null) => new() { Status = (int)HttpStatusCode.OK, Body = body };

    /// <summary>Answers an invoke. An <see cref="InvokeResponseException"/> becomes its answer.</summary>
    protected virtual async Task<InvokeResponse> OnInvokeActivityAsync(ITurnContext<IInvokeActivity> turnContext, CancellationToken cancellationToken)
    {
        try
        {
            switch (turnContext.Activity.Name)
            {
                case "adaptiveCard/action":
                    var invoke = ReadAdaptiveCardInvoke(turnContext.Activity.Value);
                    return CreateInvokeResponse(await OnAdaptiveCardInvokeAsync(turnContext, invoke, cancellationToken).ConfigureAwait(false));
                case "signin/verifyState" or "signin/tokenExchange":
                    await OnSignInInvokeAsync(turnContext, cancellationToken).ConfigureAwait(false);
                    return CreateInvokeResponse();
                default:
                    return new InvokeResponse { Status = (int)HttpStatusCode.NotImplemented };
            }
        }
        catch (InvokeResponseException exception)
        {
            return exception.CreateInvokeResponse();
        }
    }

    protected virtual Task OnSignInInvokeAsync(ITurnContext<IInvokeActivity> turnContext, CancellationToken cancellationToken) =>
        throw new InvokeResponseException(HttpStatusCode.NotImplemented);

    protected virtual Task<AdaptiveCardInvokeResponse> OnAdaptiveCardInvokeAsync(ITurnContext<IInvokeActivity> turnContext, AdaptiveCardInvokeValue invokeValue, CancellationToken cancellationToken) =>
        throw new InvokeResponseException(HttpStatusCode.NotImplemented);

    private async Task AnswerInvokeAsync(DelegatingTurnContext<IInvokeActivity> turnContext, CancellationToken cancellationToken)
    {
        var response = await OnInvokeActivityAsync(turnContext, cancellationToken).ConfigureAwait(false);
        // A bot may have sent its answer itself.
        if (response is not null && turnContext.TurnState.Get<Activity>(BotAdapter.InvokeResponseKey) is null)
            await turnContext.SendActivityAsync(new Activity(ActivityTypesEx.InvokeResponse) { Value = response }, cancellationToken).ConfigureAwait(false);
    }

    private static AdaptiveCardInvokeValue ReadAdaptiveCardInvoke(object value)
    {
        AdaptiveCardInvokeValue invoke;
        try
        {
            invoke = (value as JObject)?.ToObject<AdaptiveCardInvokeValue>(ActivityJson.Serializer);
        }
        catch (JsonException exception)
        {
            throw BadCardInvoke("BadRequest", $"The value is not an adaptiveCard/action: {exception.Message}");
        }

        if (invoke?.Action is not { } action)
            throw BadCardInvoke("BadRequest", "The value of an adaptiveCard/action must be an object with an action.");

        return action.Type == "Action.Execute"
            ? invoke
            : throw BadCardInvoke("NotSupported", $"The action is '{action.Type}'; only Action.Execute is supported.");
    }

    private static InvokeResponseException BadCardInvoke(string code, string message) => new(
        HttpStatusCode.BadRequest,
        new AdaptiveCardInvokeResponse
        {
            StatusCode = (int)HttpStatusCode.BadRequest,
            Type = "application/vnd.microsoft.error",
            Value = new Error(code, message),
        });

    /// <summary>Thrown in an invoke to answer it at once.</summary>
    [SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "The official signature: for the handlers that derive from this class.")]
    protected class InvokeResponseException : Exception
    {
        private readonly HttpStatusCode _statusCode;
        private readonly object _body;

        public InvokeResponseException()
            : this(HttpStatusCode.InternalServerError)
        {
        }

        public InvokeResponseException(string message)
            : this(message, null)
        {
        }

        public InvokeResponseException(string message, Exception innerException)
            : base(message, innerException)
        {
            _statusCode = HttpStatusCode.InternalServerError;
        }

        public InvokeResponseException(HttpStatusCode statusCode, object body = null)
            : base($"The invoke is answered {(int)statusCode}.")
        {
            _statusCode = statusCode;
            _body = body;
        }

        public InvokeResponse CreateInvokeResponse() => new() { Status = (int)_statusCode, Body = _body };
    }
}
