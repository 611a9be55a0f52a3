using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Page;

internal static class PageServices
{
    public static IServiceCollection AddPage(this IServiceCollection services)
    {
        services.AddOptions<PageOptions>().BindConfiguration(PageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<PageOptions>, PageOptionsValidation>();
        services.AddSingleton<PageFiles>();
        services.AddSingleton<PageTheme>();
        services.AddSingleton<PageLogo>();
        services.AddSingleton<IndexPage>();
        services.AddSingleton<EmbedScript>();
        services.AddCors();
        services.AddSingleton<IConfigureOptions<CorsOptions>, PageOrigins>();
        return services;
    }
}
