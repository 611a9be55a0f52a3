namespace OnnxChat.BotHost.Privacy;

internal static class PrivacyServices
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services.AddSingleton<ConversationEraser>();

    /// <summary>Has a store that is registered take part in deletions.</summary>
    public static IServiceCollection AddConversationData<TStore>(this IServiceCollection services)
        where TStore : class, IConversationData => services.AddSingleton<IConversationData>(provider => provider.GetRequiredService<TStore>());
}
