using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OnnxChat.Connector.Hosting;

/// <summary>Healthy while the model is loaded, takes requests, and completes steps.</summary>
internal sealed class ChatHealthCheck(OnnxChatService service, TimeSpan stalledAfter) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = service.GetStatus();
        var data = new Dictionary<string, object>
        {
            ["model"] = status.Model,
            ["folder"] = status.Folder,
            ["execution_provider"] = status.ExecutionProvider ?? "",
            ["loaded"] = status.Loaded,
            ["waiting"] = status.Waiting,
            ["queue_limit"] = status.QueueLimit,
            ["running"] = status.Running,
            ["seconds_since_last_step"] = status.SinceLastStep.TotalSeconds,
        };
        var problem = Problem(status);
        return Task.FromResult(problem is null
            ? HealthCheckResult.Healthy(string.Create(CultureInfo.InvariantCulture, $"{status.Model}: {status.Running} replies under way, {status.Waiting} requests wait."), data)
            : new HealthCheckResult(context.Registration.FailureStatus, problem, data: data));
    }

    private string? Problem(ServiceStatus status)
    {
        if (!status.Loaded)
            return $"The model of {status.Folder} is not loaded.";
        if (status.Running > 0 && status.SinceLastStep > stalledAfter)
            return string.Create(CultureInfo.InvariantCulture, $"{status.Model} has {status.Running} replies under way and has completed no step for {status.SinceLastStep.TotalSeconds:0} s; {stalledAfter.TotalSeconds:0} s are allowed.");
        if (status.Waiting >= status.QueueLimit)
            return string.Create(CultureInfo.InvariantCulture, $"{status.Model} is busy: {status.Waiting} requests wait, as many as may.");
        return null;
    }
}
