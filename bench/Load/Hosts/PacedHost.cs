using System.Globalization;
using Microsoft.Extensions.AI;
using OnnxChat.BotHost;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.Load.Hosts;

/// <summary>The bot host as it is, but for its model, and with an address that says how it is inside.</summary>
internal static class PacedHost
{
    public const string AtOnce = "Load:AtOnce";
    public const string ReplyMilliseconds = "Load:ReplyMilliseconds";
    public const string State = "/load/state";

    public static async Task RunAsync(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.AddBotHost();
        builder.Logging.AddFilter("OnnxChat", LogLevel.Error);
        var configuration = builder.Configuration;
        builder.Services.AddSingleton<IChatClient>(new PacedChatClient(configuration.GetValue<int>(AtOnce), TimeSpan.FromMilliseconds(configuration.GetValue<int>(ReplyMilliseconds))));
        var app = builder.Build().UseBotHost();
        app.MapGet(State, async (ITurnInbox inbox) =>
        {
            var state = await inbox.StateAsync();
            return new HostState(GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes, state.Waiting, state.Dead);
        });
        await app.RunAsync();
    }

    public static string Setting(string key, int value) => $"--{key}={value.ToString(CultureInfo.InvariantCulture)}";
}
