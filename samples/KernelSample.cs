using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using OnnxChat.Connector;

namespace OnnxChat.Samples;

/// <summary>Semantic Kernel: a streamed reply, and how sure the model was of it.</summary>
internal static class KernelSample
{
    public static async Task RunAsync(string model, TextWriter output, CancellationToken cancellationToken)
    {
        var kernel = Kernel.CreateBuilder().AddOnnxChat(model).Build();
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        var history = new ChatHistory();
        history.AddUserMessage("How do I return my boots?");
        var settings = new OnnxChatPromptExecutionSettings { Temperature = 0, MaxTokens = 80 };

        OnnxChatConfidence? confidence = null;
        await foreach (var piece in chat.GetStreamingChatMessageContentsAsync(history, settings, kernel, cancellationToken))
        {
            await output.WriteAsync(piece.Content);
            confidence = piece.Metadata?.GetValueOrDefault(OnnxChatConfidence.MetadataKey) as OnnxChatConfidence ?? confidence;
        }

        await output.WriteLineAsync($"\nRight with probability {confidence?.Score:P0}.");
    }
}
