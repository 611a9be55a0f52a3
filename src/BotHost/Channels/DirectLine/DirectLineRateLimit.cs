using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Tokens and conversations cost memory, and anyone may ask for them: so many a minute for one client address.</summary>
internal sealed class DirectLineRateLimit(IOptions<DirectLineOptions> options) : IRateLimiterPolicy<string>
{
    public const string Policy = "directline-start";

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } = async (context, _) =>
    {
        var result = DirectLineError.TooMany("Too many conversations were asked for from this address. Try again in a minute.");
        context.HttpContext.Response.Headers.RetryAfter = "60";
        await result.ExecuteAsync(context.HttpContext);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.GetFixedWindowLimiter(
            httpContext.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.MaxStartsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
}
