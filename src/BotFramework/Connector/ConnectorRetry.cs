using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Microsoft.Bot.Connector;

/// <summary>Which failures of a connector service are tried again, and when.</summary>
internal static partial class ConnectorRetry
{
    internal static ResiliencePipeline<HttpResponseMessage> CreatePipeline(BotFrameworkSettings settings, ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = settings.TimeProvider };
        builder.AddTimeout(settings.OutboundTimeout);
        if (settings.OutboundRetries > 0)
            builder.AddRetry(Retry(settings, logger));

        return builder.AddTimeout(settings.AttemptTimeout).Build();
    }

    private static RetryStrategyOptions<HttpResponseMessage> Retry(BotFrameworkSettings settings, ILogger logger) => new()
    {
        MaxRetryAttempts = settings.OutboundRetries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = settings.OutboundDelay,
        MaxDelay = settings.OutboundMaxDelay,
        ShouldHandle = arguments => ValueTask.FromResult(MayHelp(arguments.Outcome, settings)),
        DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result, settings.TimeProvider)),
        OnRetry = arguments =>
        {
            LogRetry(logger, arguments.AttemptNumber + 1, (int?)arguments.Outcome.Result?.StatusCode, arguments.RetryDelay.TotalMilliseconds, arguments.Outcome.Exception);
            return ValueTask.CompletedTask;
        },
    };

    // An attempt that timed out may have been delivered: sent again, the user would see it twice.
    private static bool MayHelp(Outcome<HttpResponseMessage> outcome, BotFrameworkSettings settings) => outcome switch
    {
        { Exception: HttpRequestException exception } => exception.StatusCode is not { } status || IsTransient(status),
        // A wait beyond the deadline is no use: better to say at once what the channel said.
        { Result: { } response } => IsTransient(response.StatusCode) && !(RetryAfter(response, settings.TimeProvider) >= settings.OutboundTimeout),
        _ => false,
    };

    private static bool IsTransient(HttpStatusCode status) => status is
        HttpStatusCode.PreconditionFailed or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - time.GetUtcNow() is var wait => wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    [LoggerMessage(1, LogLevel.Warning, "Attempt {Attempt} to reach the channel failed with status {Status}; trying again in {Delay:0} ms.")]
    private static partial void LogRetry(ILogger logger, int attempt, int? status, double delay, Exception exception);
}
