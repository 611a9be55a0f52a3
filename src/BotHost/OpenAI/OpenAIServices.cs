using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.OpenAI;

internal static class OpenAIServices
{
    public static IServiceCollection AddOpenAI(this IServiceCollection services)
    {
        services.AddOptions<OpenAIOptions>().BindConfiguration(OpenAIOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OpenAIOptions>, OpenAIOptionsValidation>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<ServedModel>();
        services.AddSingleton<ChatCompletionsEndpoint>();
        return services;
    }

    public static void MapOpenAI(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<OpenAIOptions>>().Value.Enabled)
            return;

        var group = routes.MapGroup("/v1").AddEndpointFilter<ApiKeyFilter>();
        group.MapPost("/chat/completions", (HttpContext context, ChatCompletionsEndpoint endpoint) => endpoint.AnswerAsync(context));
        group.MapGet("/models", ModelsEndpoint.List);
        group.MapGet("/models/{id}", ModelsEndpoint.Get);
    }
}
