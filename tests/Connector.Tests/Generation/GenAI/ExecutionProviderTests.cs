using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.Hosting;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Connector.Tests.Telemetry;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Generation.GenAI;

/// <summary>Choice of the execution provider, up to what GenAI is told; the default build has the processor's only.</summary>
public sealed class ExecutionProviderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_Cuda_HasDeviceAndGraph()
    {
        var provider = ProviderConfiguration.Of(new OnnxChatOptions { ExecutionProvider = OnnxChatExecutionProvider.Cuda, DeviceId = 3 })!;

        Assert.Equal("cuda", provider.Name);
        Assert.Equal(new Dictionary<string, string> { ["device_id"] = "3", ["enable_cuda_graph"] = "1" }, provider.Options);
        Assert.Equal("0", ProviderConfiguration.Of(new OnnxChatOptions { ExecutionProvider = OnnxChatExecutionProvider.Cuda, EnableCudaGraph = false })!.Options["enable_cuda_graph"]);
    }

    [Fact]
    public void Of_DirectMLCpuAndNothing_AreDmlCpuAndTheFoldersChoice()
    {
        Assert.Equal("dml", ProviderConfiguration.Of(new OnnxChatOptions { ExecutionProvider = OnnxChatExecutionProvider.DirectML })!.Name);
        Assert.Same(ProviderConfiguration.Cpu, ProviderConfiguration.Of(new OnnxChatOptions { ExecutionProvider = OnnxChatExecutionProvider.Cpu }));
        Assert.Null(ProviderConfiguration.Of(new OnnxChatOptions()));
    }

    [Theory]
    [InlineData(OnnxChatExecutionProvider.Cuda, "cuda")]
    [InlineData(OnnxChatExecutionProvider.DirectML, "dml")]
    public async Task GetResponse_ProviderThatTheBuildLacks_SaysWhatIsMissingAndHowToGetIt(OnnxChatExecutionProvider provider, string name)
    {
        await using var service = new OnnxChatService(new OnnxChatOptions { ModelPath = StarterModel.Folder, ExecutionProvider = provider });

        var error = await Assert.ThrowsAsync<OnnxChatModelException>(() => service.LoadAsync(Cancel));

        Assert.Contains($"cannot use {name}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"-p:OnnxRuntimeGenAIPackage={provider}", error.Message, StringComparison.Ordinal);
        Assert.Contains("AllowCpuFallback", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_FallbackAllowed_AnswersWithTheProcessorAndOneWarning()
    {
        using var log = new RecordingLog();
        await using var service = new OnnxChatService(
            new OnnxChatOptions { ModelPath = StarterModel.Folder, ExecutionProvider = OnnxChatExecutionProvider.Cuda, AllowCpuFallback = true }, log);

        for (var i = 0; i < 2; i++)
            Assert.Equal(StarterModel.Answer, (await service.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel)).Text);

        var warning = Assert.Single(log.Entries, e => e.Level == LogLevel.Warning);
        Assert.Contains("cuda cannot be used", warning.Message, StringComparison.Ordinal);
        Assert.Contains("-p:OnnxRuntimeGenAIPackage=Cuda", warning.Message, StringComparison.Ordinal);
        Assert.Equal("cpu", service.GetStatus().ExecutionProvider);
    }

    [Fact]
    public async Task GetResponse_FolderNamesCuda_OptionAndFallbackDecide()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(StarterModel.Folder))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var configuration = await File.ReadAllTextAsync(folder["genai_config.json"], Cancel);
        var withCuda = configuration.Replace("\"provider_options\": []", "\"provider_options\": [{ \"cuda\": {} }]", StringComparison.Ordinal);
        Assert.NotEqual(configuration, withCuda);
        await File.WriteAllTextAsync(folder["genai_config.json"], withCuda, Cancel);
        Assert.Equal("cuda", ModelFolder.Open(folder.Path).Configuration.Provider);

        await using var chosen = new OnnxChatService(new OnnxChatOptions { ModelPath = folder.Path, ExecutionProvider = OnnxChatExecutionProvider.Cpu });
        Assert.Equal(StarterModel.Answer, (await chosen.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel)).Text);

        await using var named = new OnnxChatService(folder.Path);
        Assert.Contains("-p:OnnxRuntimeGenAIPackage=Cuda", (await Assert.ThrowsAsync<OnnxChatModelException>(() => named.LoadAsync(Cancel))).Message, StringComparison.Ordinal);

        await using var fallback = new OnnxChatService(new OnnxChatOptions { ModelPath = folder.Path, AllowCpuFallback = true });
        Assert.Equal(StarterModel.Answer, (await fallback.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel)).Text);
    }

    [Fact]
    public async Task EffectiveProvider_OfALoadedModel_IsInHealthSpansAndMetrics()
    {
        var model = "model-" + Guid.NewGuid().ToString("n");
        using var metrics = new RecordedMetrics(model);
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == OnnxChatService.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.DisplayName.EndsWith(model, StringComparison.Ordinal))
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = new OnnxChatService(new OnnxChatOptions { ModelPath = StarterModel.Folder, ModelId = model });

        await service.GetResponseAsync("hi", cancellationToken: Cancel);

        var health = await new ChatHealthCheck(service, TimeSpan.FromMinutes(1)).CheckHealthAsync(new(), Cancel);
        Assert.Equal("cpu", health.Data["execution_provider"]);
        Assert.Equal("cpu", Assert.Single(spans).GetTagItem("onnxchat.execution_provider"));
        Assert.Equal("cpu", Assert.Single(metrics.Of("gen_ai.server.request.duration")).Tags["onnxchat.execution_provider"]);
    }
}
