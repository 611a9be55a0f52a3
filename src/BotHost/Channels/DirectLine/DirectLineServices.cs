using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Channels.DirectLine;

internal static class DirectLineServices
{
    public static IServiceCollection AddDirectLine(this IServiceCollection services)
    {
        services.AddOptions<DirectLineOptions>().BindConfiguration(DirectLineOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<DirectLineOptions>, DirectLineOptionsValidation>();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton<DirectLineTokens>();
        services.AddSingleton<DirectLineConversations>();
        services.AddConversationData<DirectLineConversations>();
        services.AddSingleton<DirectLineAdapter>();
        services.AddSingleton<DirectLineStream>();
        services.AddSingleton<InboundActivities>();
        services.AddHostedService<DirectLineExpiry>();
        return services;
    }
}
