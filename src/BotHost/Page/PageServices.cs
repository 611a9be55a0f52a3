namespace OnnxChat.BotHost.Page;

internal static class PageServices
{
    public static IServiceCollection AddPage(this IServiceCollection services)
    {
        services.AddSingleton<PageFiles>();
        services.AddSingleton<IndexPage>();
        return services;
    }
}
