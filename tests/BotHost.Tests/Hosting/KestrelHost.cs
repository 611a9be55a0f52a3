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
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--OnnxChat:Turns:Store=None", .. arguments], ContentRootPath = AppContext.BaseDirectory });
        builder.AddBotHost();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddSingleton<IChatClient>(new ScriptedChatClient());
        configure(builder);
        return builder.Build().UseBotHost();
    }

    /// <summary>Starts a host with a setting that it cannot take. In memory a host that fails so soon may be disposed before its start is asked for.</summary>
    public static async Task<TException> FailToStartAsync<TException>(params (string Key, string? Value)[] settings)
        where TException : Exception
    {
        using var logs = new RecordingLoggerProvider();
        return await Assert.ThrowsAsync<TException>(async () =>
        {
            await using var host = Create(logs, _ => { }, ["--urls=http://127.0.0.1:0", .. settings.Select(setting => $"--{setting.Key}={setting.Value}")]);
            await host.StartAsync(TestContext.Current.CancellationToken);
        });
    }
}
