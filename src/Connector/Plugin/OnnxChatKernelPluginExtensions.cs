using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.Connector;
using OnnxChat.Connector.Plugin;

namespace Microsoft.SemanticKernel;

/// <summary>Adds the customer service to an agent's plugins.</summary>
public static class OnnxChatKernelPluginExtensions
{
    private const string Description = "The company's customer service.";

    /// <summary>Adds the plugin with <c>answer_customer_question</c> and <c>list_topics</c> to a kernel.</summary>
    /// <param name="plugins">The plugins of a kernel whose own model may be any.</param>
    /// <param name="chat">Answers: an <see cref="OnnxChatService"/>, or one with middleware before it. The caller disposes it.</param>
    /// <param name="options">How agents see it; null for the defaults.</param>
    /// <returns>The plugin that was added.</returns>
    /// <exception cref="ArgumentException">An option is outside its range, or there is a plugin of that name.</exception>
    public static KernelPlugin AddCustomerService(this ICollection<KernelPlugin> plugins, IChatClient chat, CustomerServiceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        var plugin = Create(chat, options);
        plugins.Add(plugin);
        return plugin;
    }

    /// <summary>Adds the plugin over a service that <c>AddOnnxChat</c> registers in the same builder.</summary>
    /// <param name="plugins">The plugins of the kernel to be built.</param>
    /// <param name="serviceId">Key of the service; null for the only one.</param>
    /// <param name="options">How agents see it; null for the defaults.</param>
    public static IKernelBuilderPlugins AddCustomerService(this IKernelBuilderPlugins plugins, string? serviceId = null, CustomerServiceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        plugins.Services.AddSingleton(provider => Create(provider.GetRequiredKeyedService<OnnxChatService>(serviceId), options));
        return plugins;
    }

    private static KernelPlugin Create(IChatClient chat, CustomerServiceOptions? options) => KernelPluginFactory.CreateFromFunctions(
        (options ?? new CustomerServiceOptions()).PluginName,
        Description,
        CustomerServiceTools.Create(chat, options).Select(function => function.AsKernelFunction()));
}
