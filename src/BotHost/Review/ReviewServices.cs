using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Review;

internal static class ReviewServices
{
    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddOptions<ReviewOptions>().BindConfiguration(ReviewOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ReviewFolder>();
        services.AddSingleton<HostUnratedReplies>();
        services.AddSingleton<ReviewNotes>();
        services.AddConversationData<IUnratedReplies>().AddConversationData<ReviewFolder>();
        services.AddHostedService<ReviewRetention>();
        return services;
    }
}
