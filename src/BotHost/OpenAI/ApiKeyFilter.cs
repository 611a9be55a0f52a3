using System.Globalization;
using System.Net.Http.Headers;
using OnnxChat.BotHost.Security;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>Lets in who has a key; where there are none, whoever is at this machine.</summary>
internal sealed partial class ApiKeyFilter(ApiKeys keys, ILogger<ApiKeyFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (keys.IsEmpty)
        {
            return LocalCaller.Is(http) && !LocalCaller.IsFromAnotherSite(http.Request)
                ? await next(context)
                : OpenAIError.Forbidden($"Without {OpenAIOptions.Section}:ApiKeys this endpoint is served to this machine only, at http://localhost, and not to pages of other sites.");
        }

        if (Given(http.Request) is not { } given)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return OpenAIError.Unauthorized("You gave no API key. Send it as: Authorization: Bearer YOUR_KEY");
        }

        if (keys.Find(given) is not { } key)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return OpenAIError.Unauthorized("The API key is not one of this host's.");
        }

        if (await keys.TakeAsync(key) is not { } wait)
            return await next(context);

        LogLimited(key.Name);
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return OpenAIError.RateLimited($"The API key '{key.Name}' has made its requests of this minute. Try again in {Math.Ceiling(wait.TotalSeconds)} s.");
    }

    private static string? Given(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && "Bearer".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)
        && header.Parameter is { Length: > 0 and < 1_024 } parameter
            ? parameter
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API key {Name} has made its requests of this minute.")]
    private partial void LogLimited(string name);
}
