using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Desk;

internal static class DeskServices
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddOptions<DeskOptions>().BindConfiguration(DeskOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<HostDeskAttendance>();
        services.AddSingleton<DeskService>();
        services.AddSingleton<IHandOffDesk, HostDesk>();
        return services;
    }
}
