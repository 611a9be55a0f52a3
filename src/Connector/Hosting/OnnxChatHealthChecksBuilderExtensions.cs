using Microsoft.Extensions.Diagnostics.HealthChecks;
using OnnxChat.Connector;
using OnnxChat.Connector.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a health check of <see cref="OnnxChatService"/>.</summary>
public static class OnnxChatHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is healthy while the model is loaded, fewer requests wait than may, and replies under way move on.
    /// </summary>
    /// <param name="builder">Where to add it.</param>
    /// <param name="serviceId">Key of the service that <c>AddOnnxChat</c> was given; null for the only one.</param>
    /// <param name="name">Name of the check; null for <c>onnxchat</c>, with the key where there is one.</param>
    /// <param name="stalledAfter">Time without a step, while replies are under way, that counts as stuck; null for 1 minute.</param>
    /// <param name="failureStatus">What a failure is reported as; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to choose checks by.</param>
    public static IHealthChecksBuilder AddOnnxChat(
        this IHealthChecksBuilder builder,
        string? serviceId = null,
        string? name = null,
        TimeSpan? stalledAfter = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (serviceId is null ? "onnxchat" : $"onnxchat-{serviceId}"),
            services => new ChatHealthCheck(services.GetRequiredKeyedService<OnnxChatService>(serviceId), stalledAfter ?? TimeSpan.FromMinutes(1)),
            failureStatus,
            tags));
    }
}
