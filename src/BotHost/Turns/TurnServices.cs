using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Desk;
using OnnxChat.BotHost.Privacy;
using OnnxChat.BotHost.Review;
using OnnxChat.BotHost.Security;
using OnnxChat.BotHost.Turns.Redis;
using OnnxChat.BotHost.Turns.Sqlite;

namespace OnnxChat.BotHost.Turns;

internal static class TurnServices
{
    public static IServiceCollection AddTurns(this IServiceCollection services)
    {
        services.AddOptions<TurnsOptions>().BindConfiguration(TurnsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SqliteStore>().AddSingleton<SqliteConversations>().AddSingleton<SqliteTurnInbox>().AddSingleton<SqliteHandOffs>();
        services.AddSingleton<RedisStore>().AddSingleton<RedisConversations>().AddSingleton<RedisTurnInbox>().AddSingleton<RedisHandOffs>();
        services.AddSingleton(provider => new StoredSigningKey(UsesRedis(provider) ? provider.GetRequiredService<RedisStore>().SigningKey : provider.GetRequiredService<SqliteStore>().SigningKey));
        services.AddKept<IConversationStore, SqliteConversations, RedisConversations>();
        services.AddKept<ITurnInbox, SqliteTurnInbox, RedisTurnInbox>();
        services.AddKept<IHandOffs, SqliteHandOffs, RedisHandOffs>();
        // What a host alone knows by heart.
        services.AddSingleton<HostRateWindows>().AddSingleton<RedisRateWindows>().AddKept<IRateWindows, HostRateWindows, RedisRateWindows>();
        services.AddSingleton<RedisDeskAttendance>().AddKept<IDeskAttendance, HostDeskAttendance, RedisDeskAttendance>();
        services.AddSingleton<RedisTranscripts>().AddKept<ITranscripts, HostTranscripts, RedisTranscripts>();
        services.AddSingleton<RedisUnratedReplies>().AddKept<IUnratedReplies, HostUnratedReplies, RedisUnratedReplies>();
        services.AddSingleton<TurnPace>();
        services.AddSingleton<TurnAdmission>();
        services.AddSingleton<BusyReplies>();
        services.AddSingleton<InboxMiddleware>();
        services.AddSingleton<TurnApology>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<TurnWorkers>();
        services.AddSingleton<InboxData>().AddConversationData<InboxData>();
        services.AddHostedService(provider => provider.GetRequiredService<TurnWorkers>());
        return services;
    }

    // One of the two is made, of which the other's server or file is not there.
    private static IServiceCollection AddKept<TService, TSqlite, TRedis>(this IServiceCollection services)
        where TService : class
        where TSqlite : TService
        where TRedis : TService => services.AddSingleton<TService>(provider => UsesRedis(provider) ? provider.GetRequiredService<TRedis>() : provider.GetRequiredService<TSqlite>());

    private static bool UsesRedis(IServiceProvider provider) => provider.GetRequiredService<IOptions<TurnsOptions>>().Value.Store == TurnStore.Redis;
}
