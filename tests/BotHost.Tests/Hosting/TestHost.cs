using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Bot.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OnnxChat.BotHost.Tests.Hosting;

/// <summary>The whole host in memory, with a scripted model, a clock that stands still, and settings of the test.</summary>
internal sealed class TestHost : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string?> _settings;

    public TestHost(params (string Key, string? Value)[] settings) => _settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value);

    public IChatClient Model { get; init; } = new ScriptedChatClient();

    /// <summary>Another bot than the host's own.</summary>
    public IBot? Bot { get; init; }

    public WatchedTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What was logged at Debug or above, with exceptions.</summary>
    public RecordingLoggerProvider Logs { get; } = new();

    /// <summary>Delivers an activity as a channel does.</summary>
    public async Task<HttpResponseMessage> DeliverAsync(object activity)
    {
        using var http = CreateClient();
        return await http.PostAsJsonAsync("/api/messages", activity, TestContext.Current.CancellationToken);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // In memory, and a turn that fails has failed: a test about the inbox says otherwise.
        builder.UseSetting("OnnxChat:Turns:Store", "None").UseSetting("OnnxChat:Turns:MaxAttempts", "1");
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddFilter(null, LogLevel.Debug).AddProvider(Logs));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(Model);
            if (Bot is not null)
                services.AddSingleton(Bot);
            services.AddSingleton<TimeProvider>(Time);
        });
    }
}
