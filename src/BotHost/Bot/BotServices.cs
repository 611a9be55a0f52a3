using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using OnnxChat.BotHost.Bot.Feedback;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Privacy;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Bot;

internal static class BotServices
{
    public static IServiceCollection AddBot(this IServiceCollection services)
    {
        services.AddOptions<BotOptions>().BindConfiguration(BotOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        // Follows no redirects: a channel could send the bot elsewhere with one. The connector logs what it tries again.
        services.AddHttpClient(Microsoft.Extensions.Options.Options.DefaultName)
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, _) => handler.AllowAutoRedirect = false);
        services.AddOptions<HandOffOptions>().BindConfiguration(HandOffOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TurnErrorHandler>();
        services.AddSingleton<HandOffMiddleware>();
        services.AddSingleton<HandOffService>();
        services.AddSingleton<HostTranscripts>();
        services.AddSingleton<HandOffData>();
        services.AddConversationData<HandOffData>().AddConversationData<ITranscripts>();
        services.AddSingleton<TranscriptMiddleware>();
        services.AddSingleton<Suggestions>();
        services.AddSingleton<FeedbackLog>();
        services.AddSingleton<BotFrameworkAuthentication, ConfigurationBotFrameworkAuthentication>();
        services.AddSingleton<IBotFrameworkHttpAdapter>(provider =>
        {
            var adapter = new CloudAdapter(provider.GetRequiredService<BotFrameworkAuthentication>(), provider.GetRequiredService<ILogger<CloudAdapter>>());
            adapter.OnTurnError = provider.GetRequiredService<TurnErrorHandler>().HandleAsync;
            adapter.Use(provider.GetRequiredService<InboxMiddleware>());
            adapter.Use(provider.GetRequiredService<TranscriptMiddleware>());
            adapter.Use(provider.GetRequiredService<HandOffMiddleware>());
            return adapter;
        });
        services.AddTransient<IBot, CustomerServiceBot>();
        return services;
    }
}
