using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;
using OnnxChat.Connector;
using OnnxChat.Connector.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="OnnxChatService"/> in a service collection.</summary>
public static class OnnxChatServiceCollectionExtensions
{
    /// <summary>Adds the chat service over a model folder.</summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="modelPath">The folder that <c>onnxchat import</c> wrote; absolute, or relative to the working folder.</param>
    /// <param name="serviceId">Key of the service, for several models in one application; null for the only one.</param>
    public static IServiceCollection AddOnnxChat(this IServiceCollection services, string modelPath, string? serviceId = null) =>
        services.AddOnnxChat(options => options.ModelPath = modelPath, serviceId);

    /// <summary>Adds the chat service with options from a configuration section.</summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="configuration">Keys are the properties of <see cref="OnnxChatOptions"/>.</param>
    /// <param name="serviceId">Key of the service; null for the only one.</param>
    public static IServiceCollection AddOnnxChat(this IServiceCollection services, IConfiguration configuration, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddOnnxChat(configuration.Bind, serviceId);
    }

    /// <summary>
    /// Adds the chat service as <see cref="IChatClient"/>, <see cref="IChatCompletionService"/>,
    /// <see cref="ITextGenerationService"/> and itself: one instance, one loaded model. Touches no file; a hosted
    /// application loads the model when it starts, any other at first use. A second call with the same key changes nothing.
    /// </summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="configure">Sets the options.</param>
    /// <param name="serviceId">Key of the service; null for the only one.</param>
    public static IServiceCollection AddOnnxChat(this IServiceCollection services, Action<OnnxChatOptions> configure, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(d => d.ServiceType == typeof(OnnxChatService) && Equals(d.ServiceKey, serviceId)))
            return services;

        var name = serviceId ?? Options.Options.DefaultName;
        services.AddOptions<OnnxChatOptions>(name).Configure(configure);
        services.AddKeyedSingleton(typeof(OnnxChatService), serviceId, (provider, _) => new OnnxChatService(
            provider.GetRequiredService<IOptionsMonitor<OnnxChatOptions>>().Get(name),
            provider.GetService<ILoggerFactory>(),
            provider.GetService<TimeProvider>()));
        Add<IChatClient>(services, serviceId);
        Add<IChatCompletionService>(services, serviceId);
        Add<ITextGenerationService>(services, serviceId);
        services.AddSingleton<IHostedService>(provider => new ModelLoader(provider.GetRequiredKeyedService<OnnxChatService>(serviceId)));
        return services;
    }

    private static void Add<TService>(IServiceCollection services, string? serviceId)
        where TService : class =>
        services.TryAdd(ServiceDescriptor.KeyedSingleton<TService>(serviceId, (provider, _) => (TService)(object)provider.GetRequiredKeyedService<OnnxChatService>(serviceId)));
}
