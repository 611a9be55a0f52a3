using OnnxChat.Connector;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.ModelTools.Doctor.Checks;

/// <summary>Which execution providers could compute the model, and what the others lack.</summary>
internal sealed class ProvidersCheck(string path) : ICheck
{
    public string Name => "providers";

    public Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = ModelFolder.Open(path);
        var graphics = OperatingSystem.IsWindows()
            ? new[] { OnnxChatExecutionProvider.Cuda, OnnxChatExecutionProvider.DirectML }
            : [OnnxChatExecutionProvider.Cuda];
        var found = graphics.Select(p => Describe(folder, ProviderConfiguration.Of(new OnnxChatOptions { ExecutionProvider = p })!));
        return Task.FromResult(new CheckResult(Name, CheckStatus.Ok, $"cpu; {string.Join("; ", found)}"));
    }

    // Only a load tells: the library may be there and the driver not.
    private static string Describe(ModelFolder folder, ProviderConfiguration provider)
    {
        try
        {
            GenAIModel.Load(folder, threads: 1, provider).Dispose();
            return $"{provider.Name} can be used";
        }
        catch (OnnxChatModelException e)
        {
            return $"not {provider.Name}: {(e.InnerException?.Message ?? e.Message).TrimEnd('.')}. For it: {provider.Remedy}";
        }
    }
}
