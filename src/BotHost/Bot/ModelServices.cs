using OnnxChat.Connector;

namespace OnnxChat.BotHost.Bot;

internal static class ModelServices
{
    /// <summary>Options of the model that answers, as <see cref="OnnxChatOptions"/> names them.</summary>
    public const string Section = "OnnxChat:Model";

    /// <summary>Adds the model of the configuration; where it names none, the starter model beside the program.</summary>
    public static IServiceCollection AddModel(this IServiceCollection services, IConfiguration configuration) =>
        services.AddOnnxChat(options =>
        {
            options.ModelPath = Path.Combine(AppContext.BaseDirectory, "models", "starter");
            configuration.GetSection(Section).Bind(options);
        });
}
