using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Privacy;
using OnnxChat.BotHost.Turns.Sqlite;

namespace OnnxChat.BotHost.Turns;

internal static class TurnServices
{
    public static IServiceCollection AddTurns(this IServiceCollection services)
    {
        services.AddOptions<TurnsOptions>().BindConfiguration(TurnsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SqliteStore>();
        services.AddSingleton<SqliteConversations>();
        services.AddSingleton<IConversationStore>(provider => provider.GetRequiredService<SqliteConversations>());
        services.AddSingleton<ITurnInbox, SqliteTurnInbox>();
        services.AddSingleton<IHandOffs, SqliteHandOffs>();
        services.AddSingleton<InboxMiddleware>();
        services.AddSingleton<TurnApology>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<TurnWorkers>();
        services.AddSingleton<InboxData>().AddConversationData<InboxData>();
        services.AddHostedService(provider => provider.GetRequiredService<TurnWorkers>());
        return services;
    }
}
