using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Api;
using OnnxChat.BotHost.Api.Document;
using OnnxChat.BotHost.Bot;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Desk;
using OnnxChat.BotHost.Mcp;
using OnnxChat.BotHost.OpenAI;
using OnnxChat.BotHost.Page;
using OnnxChat.BotHost.Privacy;
using OnnxChat.BotHost.Review;
using OnnxChat.BotHost.Security;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost;

/// <summary>What the host is made of.</summary>
internal static class BotHostApplication
{
    public const string DefaultUrl = "http://localhost:3978";

    private const int MaxBodyBytes = 262_144;
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    public static WebApplicationBuilder AddBotHost(this WebApplicationBuilder builder)
    {
        builder.AddSecretFiles();
        UseDefaultUrl(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        });

        builder.Services.AddSingleton<RemoteAccess>();
        builder.Services.AddSingleton<IPostConfigureOptions<KestrelServerOptions>, RemoteAccessCheck.Endpoints>();
        builder.Services.AddHostedService<RemoteAccessCheck>();
        builder.Services.AddProblemDetails();
        builder.Services.AddHealthChecks().AddOnnxChat();
        builder.Services.AddModel(builder.Configuration).AddBot().AddDirectLine().AddTurns().AddDesk().AddReview().AddPrivacy().AddApiDocument().AddPage().AddOpenAI().AddMcp();
        return builder;
    }

    public static WebApplication UseBotHost(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseWebSockets();
        app.UseRouting();
        app.UseCors();
        app.MapMessages();
        app.MapDirectLine();
        app.MapDesk();
        app.MapDeadTurns();
        app.MapPrivacy();
        app.MapOpenAI();
        app.MapMcp();
        app.MapApiDocument();
        app.MapPage();
        app.MapHealthChecks("/healthz");
        return app;
    }

    // Not in appsettings.json: there it would win over ASPNETCORE_URLS.
    private static void UseDefaultUrl(WebApplicationBuilder builder)
    {
        string[] keys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (keys.All(key => string.IsNullOrEmpty(builder.Configuration[key])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);
    }
}
