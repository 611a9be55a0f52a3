using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Security;

/// <summary>Headers of every response, also of those that a failure made. An endpoint that needs a weaker one sets it itself.</summary>
internal static class SecurityHeaders
{
    public const string PermissionsPolicy = "Permissions-Policy";

    /// <summary>What the chat page may ask its visitor for: to speak instead of typing.</summary>
    public const string MicrophoneOnly = "microphone=(self), camera=(), geolocation=(), payment=(), usb=()";

    private const string NoPermissions = "microphone=(), camera=(), geolocation=(), payment=(), usb=()";
    private const string NothingAtAll = "default-src 'none'; frame-ancestors 'none'";
    private const string HttpsForAYear = "max-age=31536000";

    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            // When the response starts: what handles a failure takes away the headers that are set by then.
            context.Response.OnStarting(() =>
            {
                Add(context);
                return Task.CompletedTask;
            });
            return next(context);
        });
        // Otherwise the server answers a failure itself, and without the headers.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = failure => failure switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                TurnInboxException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        });
    }

    private static void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.TryAdd("Content-Security-Policy", NothingAtAll);
        headers.TryAdd("Cache-Control", "no-store");
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd(PermissionsPolicy, NoPermissions);
        // Browsers would ask for https of everything else on this machine, too.
        if (context.Request.IsHttps && !LocalCaller.IsLocalName(context.Request.Host))
            headers.TryAdd("Strict-Transport-Security", HttpsForAYear);
    }
}
