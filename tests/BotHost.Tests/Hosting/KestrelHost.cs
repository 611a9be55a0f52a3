using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OnnxChat.BotHost.Tests.Hosting;

/// <summary>The host on its real server, not started yet.</summary>
internal static class KestrelHost
{
    public static WebApplication Create(RecordingLoggerProvider logs, Action<WebApplicationBuilder> configure, params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        builder.AddBotHost();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddSingleton<IChatClient>(new ScriptedChatClient());
        configure(builder);
        return builder.Build().UseBotHost();
    }
}
