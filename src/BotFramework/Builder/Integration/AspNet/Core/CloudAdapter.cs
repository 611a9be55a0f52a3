using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Connector;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Bot.Builder.Integration.AspNet.Core;

/// <summary>The adapter of the Bot Connector service, the Emulator and whoever speaks their protocol, in ASP.NET Core.</summary>
public partial class CloudAdapter : CloudAdapterBase, IBotFrameworkHttpAdapter
{
    private readonly HandledActivities _handled;

    /// <summary>An adapter without authentication, for the Emulator on this machine.</summary>
    public CloudAdapter()
        : this(new ConfigurationBuilder().Build())
    {
    }

    public CloudAdapter(BotFrameworkAuthentication botFrameworkAuthentication, ILogger logger = null)
        : base(botFrameworkAuthentication, logger)
    {
        _handled = new HandledActivities(botFrameworkAuthentication.Settings);
    }

    public CloudAdapter(IConfiguration configuration, IHttpClientFactory httpClientFactory = null, ILogger logger = null)
        : this(new ConfigurationBotFrameworkAuthentication(configuration, httpClientFactory: httpClientFactory, logger: logger), logger)
    {
    }

    /// <summary>Runs the turn of the activity in the request, and answers the request.</summary>
    /// <remarks>
    /// 200 with an empty body; with the replies where the delivery mode is <c>expectReplies</c>; with the status and body of its
    /// <see cref="InvokeResponse"/> for an invoke. 400, 405, 413 and 415 for what is no activity, 401 where authentication fails.
    /// An activity that comes again is answered 200 and has no second turn, unless the first failed. What the bot throws goes to
    /// <see cref="BotAdapter.OnTurnError"/>, and without one to the caller.
    /// </remarks>
    public async Task ProcessAsync(HttpRequest httpRequest, HttpResponse httpResponse, IBot bot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(httpRequest);
        ArgumentNullException.ThrowIfNull(httpResponse);
        ArgumentNullException.ThrowIfNull(bot);
        Activity activity;
        AuthenticateRequestResult authentication;
        try
        {
            activity = await ActivityRequest.ReadAsync(httpRequest, BotFrameworkAuthentication.Settings.MaxActivityBytes, cancellationToken).ConfigureAwait(false);
            authentication = await BotFrameworkAuthentication.AuthenticateRequestAsync(activity, httpRequest.Headers.Authorization, cancellationToken).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            if (exception.StatusCode == StatusCodes.Status405MethodNotAllowed)
                httpResponse.Headers.Allow = HttpMethods.Post;

            await RefuseAsync(httpResponse, exception.StatusCode, exception.Message).ConfigureAwait(false);
            return;
        }
        catch (UnauthorizedAccessException exception)
        {
            LogRefused(Logger, exception.Message);
            // Why is for the log alone: it would tell a stranger how to do better.
            httpResponse.Headers.WWWAuthenticate = "Bearer";
            httpResponse.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            var response = await RunOnceAsync(authentication, activity, bot, cancellationToken).ConfigureAwait(false);
            await HttpHelper.WriteResponseAsync(httpResponse, response).ConfigureAwait(false);
        }
        catch (RefusedServiceUrlException exception)
        {
            await RefuseAsync(httpResponse, StatusCodes.Status400BadRequest, exception.Message).ConfigureAwait(false);
        }
    }

    private async Task<InvokeResponse> RunOnceAsync(AuthenticateRequestResult authentication, Activity activity, IBot bot, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(activity.Id))
            return await ProcessActivityAsync(authentication, activity, bot.OnTurnAsync, cancellationToken).ConfigureAwait(false);

        if (await _handled.TryBeginAsync(activity, cancellationToken).ConfigureAwait(false) is not { } delivery)
            return activity.DeliveryMode == DeliveryModes.ExpectReplies ? new InvokeResponse { Status = StatusCodes.Status200OK, Body = new ExpectedReplies([]) } : null;

        var handled = false;
        try
        {
            var response = await ProcessActivityAsync(authentication, activity, bot.OnTurnAsync, cancellationToken).ConfigureAwait(false);
            handled = true;
            return response;
        }
        finally
        {
            _handled.End(delivery, handled);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A request was answered 401. {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    private static Task RefuseAsync(HttpResponse response, int status, string message) =>
        HttpHelper.WriteResponseAsync(response, new InvokeResponse { Status = status, Body = new ErrorResponse(new Error("BadRequest", message)) });
}
