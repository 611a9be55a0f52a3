using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;

namespace OnnxChat.BotHost.Bot;

internal static class BotServices
{
    public static IServiceCollection AddBot(this IServiceCollection services)
    {
        services.AddOptions<BotOptions>().BindConfiguration(BotOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient();
        services.AddSingleton<TurnErrorHandler>();
        services.AddSingleton<BotFrameworkAuthentication, ConfigurationBotFrameworkAuthentication>();
        services.AddSingleton<IBotFrameworkHttpAdapter>(provider =>
        {
            var adapter = new CloudAdapter(provider.GetRequiredService<BotFrameworkAuthentication>(), provider.GetRequiredService<ILogger<CloudAdapter>>());
            adapter.OnTurnError = provider.GetRequiredService<TurnErrorHandler>().HandleAsync;
            return adapter;
        });
        services.AddTransient<IBot, CustomerServiceBot>();
        return services;
    }
}
