using Microsoft.Extensions.AI;
using OnnxChat.BotHost;

namespace OnnxChat.Messages.Bots;

/// <summary>The bot host as it is, but for its model, which answers at once.</summary>
internal static class StubHost
{
    public static async Task RunAsync(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.AddBotHost();
        // The peer logs nothing either.
        builder.Logging.AddFilter("OnnxChat", LogLevel.Warning);
        builder.Services.AddSingleton<IChatClient>(new EchoChatClient());
        await builder.Build().UseBotHost().RunAsync();
    }
}
