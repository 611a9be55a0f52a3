using System.Globalization;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Security;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Tokens and conversations cost memory, and anyone may ask for them: so many a minute for one client address.</summary>
internal sealed class DirectLineStartLimit(IRateWindows windows, IOptions<DirectLineOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await windows.TakeAsync("directline-start", http.Connection.RemoteIpAddress?.ToString() ?? "", options.Value.MaxStartsPerMinute) is not { } wait)
            return await next(context);

        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return DirectLineError.TooMany("Too many conversations were asked for from this address. Try again in a minute.");
    }
}
