using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.Connector;

namespace Microsoft.SemanticKernel;

/// <summary>Registers <see cref="OnnxChatService"/> in a kernel.</summary>
public static class OnnxChatKernelBuilderExtensions
{
    /// <summary>Adds the chat service over a model folder.</summary>
    /// <param name="builder">The kernel to be built.</param>
    /// <param name="modelPath">The folder that <c>onnxchat import</c> wrote; absolute, or relative to the working folder.</param>
    /// <param name="serviceId">Key of the service, for several models in one kernel; null for the only one.</param>
    public static IKernelBuilder AddOnnxChat(this IKernelBuilder builder, string modelPath, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOnnxChat(modelPath, serviceId);
        return builder;
    }

    /// <summary>Adds the chat service with options.</summary>
    /// <param name="builder">The kernel to be built.</param>
    /// <param name="configure">Sets the options.</param>
    /// <param name="serviceId">Key of the service; null for the only one.</param>
    public static IKernelBuilder AddOnnxChat(this IKernelBuilder builder, Action<OnnxChatOptions> configure, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOnnxChat(configure, serviceId);
        return builder;
    }

    /// <summary>Adds the chat service with options from a configuration section.</summary>
    /// <param name="builder">The kernel to be built.</param>
    /// <param name="configuration">Keys are the properties of <see cref="OnnxChatOptions"/>.</param>
    /// <param name="serviceId">Key of the service; null for the only one.</param>
    public static IKernelBuilder AddOnnxChat(this IKernelBuilder builder, IConfiguration configuration, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOnnxChat(configuration, serviceId);
        return builder;
    }
}
