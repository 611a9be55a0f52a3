using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OnnxChat.Connector.Hosting;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Hosting;

public sealed class ChatHealthCheckTests
{
    private static readonly int Vocabulary = StarterModel.Vocabulary;
    private static readonly int End = StarterModel.End;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CheckHealth_RegisteredService_FollowsTheLoad()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddOnnxChat(StarterModel.Folder, "shop");
        services.AddHealthChecks().AddOnnxChat("shop", tags: ["ready"]);
        await using var provider = services.BuildServiceProvider();
        var health = provider.GetRequiredService<HealthCheckService>();

        var before = (await health.CheckHealthAsync(Cancel)).Entries["onnxchat-shop"];
        await provider.GetRequiredKeyedService<OnnxChatService>("shop").LoadAsync(Cancel);
        var after = (await health.CheckHealthAsync(Cancel)).Entries["onnxchat-shop"];

        Assert.Equal(HealthStatus.Unhealthy, before.Status);
        Assert.Contains(StarterModel.Folder, before.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, after.Status);
        Assert.Equal(("trailhaven-starter", true, 256), (after.Data["model"], after.Data["loaded"], after.Data["queue_limit"]));
        Assert.Equal(["ready"], after.Tags);
    }

    [Fact]
    public async Task CheckHealth_NoStepForTooLongWhileAReplyIsUnderWay_IsUnhealthyUntilTheNextStep()
    {
        var time = new FakeTimeProvider();
        using var gate = new Gate();
        await using var service = new ScriptedModel(_ => End, Vocabulary) { BeforeStart = _ => gate.Pass() }.Serve(o => o.RequestTimeout = Timeout.InfiniteTimeSpan, time);
        var reply = service.GetResponseAsync("hi", cancellationToken: Cancel);
        await gate.Reached.WaitAsync(Cancel);

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(service)).Status);
        time.Advance(TimeSpan.FromSeconds(2));
        var stuck = await CheckAsync(service);
        Assert.Equal(HealthStatus.Unhealthy, stuck.Status);
        Assert.Contains("61 s", stuck.Description, StringComparison.Ordinal);

        gate.Open();
        await reply;
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(service)).Status);
    }

    [Fact]
    public async Task CheckHealth_IdleForLong_IsHealthy()
    {
        var time = new FakeTimeProvider();
        await using var service = new ScriptedModel(_ => End, Vocabulary).Serve(time: time);
        await service.GetResponseAsync("hi", cancellationToken: Cancel);

        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(service)).Status);
    }

    [Fact]
    public async Task CheckHealth_QueueIsFull_IsUnhealthy()
    {
        using var gate = new Gate();
        await using var service = new ScriptedModel(_ => End, Vocabulary) { BeforeStart = _ => gate.Pass() }.Serve(o => o.QueueLimit = 1);
        var running = service.GetResponseAsync("hi", cancellationToken: Cancel);
        await gate.Reached.WaitAsync(Cancel);
        var waiting = service.GetResponseAsync("hi", cancellationToken: Cancel);
        while (service.GetStatus().Waiting < 1)
            await Task.Yield();

        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(service)).Status);

        gate.Open();
        await Task.WhenAll(running, waiting);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(service)).Status);
    }

    private static Task<HealthCheckResult> CheckAsync(OnnxChatService service)
    {
        var check = new ChatHealthCheck(service, TimeSpan.FromMinutes(1));
        return check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("onnxchat", check, null, null) }, Cancel);
    }
}
