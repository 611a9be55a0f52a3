using Microsoft.Bot.Builder;

namespace OnnxChat.BotHost.Bot;

internal static class BotServices
{
    public static IServiceCollection AddBot(this IServiceCollection services)
    {
        services.AddOptions<BotOptions>().BindConfiguration(BotOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TurnErrorHandler>();
        services.AddTransient<IBot, CustomerServiceBot>();
        services.AddHostedService<ChatClientCheck>();
        return services;
    }
}
