using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using OnnxChat.Connector;

namespace OnnxChat.ModelTools.Doctor.Checks;

/// <summary>Whether the model loads on the provider, and answers.</summary>
internal sealed class ReplyCheck(string path, OnnxChatExecutionProvider? provider) : ICheck
{
    private const int MostTokens = 128;

    public string Name => "reply";

    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var service = new OnnxChatService(new OnnxChatOptions { ModelPath = path, ExecutionProvider = provider });
        await using var disposal = service.ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        await service.LoadAsync(cancellationToken).ConfigureAwait(false);
        var load = watch.Elapsed;

        watch.Restart();
        var response = await service.GetResponseAsync([new ChatMessage(ChatRole.User, "Hello")], new ChatOptions { Temperature = 0, MaxOutputTokens = MostTokens }, cancellationToken).ConfigureAwait(false);
        var tokens = response.Usage!.OutputTokenCount!.Value;
        var found = string.Create(CultureInfo.InvariantCulture, $"on {service.GetStatus().ExecutionProvider}: loaded in {load.TotalSeconds:0.0} s, {tokens} tokens in {watch.Elapsed.TotalSeconds:0.00} s, finish {response.FinishReason}");
        return response.FinishReason == ChatFinishReason.Stop
            ? new CheckResult(Name, CheckStatus.Ok, found)
            : new CheckResult(Name, CheckStatus.Warn, found, "The reply did not end by itself: the prompt template may not be the one that the model was trained on; see 'onnxchat evaluate --compare-template'.");
    }
}
