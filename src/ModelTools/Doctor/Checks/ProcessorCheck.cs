using System.Globalization;
using OnnxChat.Connector;

namespace OnnxChat.ModelTools.Doctor.Checks;

/// <summary>Processors, and how the service would use them.</summary>
internal sealed class ProcessorCheck(int processors) : ICheck
{
    public string Name => "processors";

    public Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var options = new OnnxChatOptions { ModelPath = "any" };
        var found = string.Create(CultureInfo.InvariantCulture, $"{processors}; by default {options.EffectiveWorkers} worker(s) of {options.EffectiveThreads} thread(s)");
        return Task.FromResult(processors > 1
            ? new CheckResult(Name, CheckStatus.Ok, found)
            : new CheckResult(Name, CheckStatus.Warn, found, "Give the process a second processor: model and requests share the only one."));
    }
}
