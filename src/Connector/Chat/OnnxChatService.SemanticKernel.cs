using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;
using Microsoft.SemanticKernel.TextGeneration;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Telemetry;

namespace OnnxChat.Connector;

/// <content>As chat completion and text generation service of Semantic Kernel.</content>
public sealed partial class OnnxChatService : IChatCompletionService, ITextGenerationService
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> Attributes => new Dictionary<string, object?>
    {
        [AIServiceExtensions.ModelIdKey] = ModelId,
        [AIServiceExtensions.EndpointKey] = _options.ModelPath,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        var settings = Settings(executionSettings);
        var (text, end) = await WholeReplyAsync(SemanticKernelMapping.ToRequest(chatHistory, settings.SystemPrompt), settings.ToReplySettings(), ChatOperation.Chat, cancellationToken).ConfigureAwait(false);
        return [new ChatMessageContent(AuthorRole.Assistant, text, ModelId, metadata: Metadata(NewId(), end))];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        var settings = Settings(executionSettings);
        var id = NewId();
        await foreach (var update in ReplyAsync(SemanticKernelMapping.ToRequest(chatHistory, settings.SystemPrompt), settings.ToReplySettings(), ChatOperation.Chat, cancellationToken).ConfigureAwait(false))
        {
            if (update.Text.Length > 0)
                yield return new StreamingChatMessageContent(AuthorRole.Assistant, update.Text, modelId: ModelId, metadata: Metadata(id, null));
            if (update.End is { } end)
                yield return new StreamingChatMessageContent(AuthorRole.Assistant, "", modelId: ModelId, metadata: Metadata(id, end));
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Microsoft.SemanticKernel.TextContent>> GetTextContentsAsync(string prompt, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        var settings = Settings(executionSettings);
        var (text, end) = await WholeReplyAsync(ToRequest(prompt, settings), settings.ToReplySettings(), ChatOperation.TextCompletion, cancellationToken).ConfigureAwait(false);
        return [new Microsoft.SemanticKernel.TextContent(text, ModelId, metadata: Metadata(NewId(), end))];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StreamingTextContent> GetStreamingTextContentsAsync(string prompt, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var settings = Settings(executionSettings);
        var id = NewId();
        await foreach (var update in ReplyAsync(ToRequest(prompt, settings), settings.ToReplySettings(), ChatOperation.TextCompletion, cancellationToken).ConfigureAwait(false))
        {
            if (update.Text.Length > 0)
                yield return new StreamingTextContent(update.Text, modelId: ModelId, metadata: Metadata(id, null));
            if (update.End is { } end)
                yield return new StreamingTextContent("", modelId: ModelId, metadata: Metadata(id, end));
        }
    }

    private static ChatRequest ToRequest(string prompt, OnnxChatPromptExecutionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return ChatRequest.Of(prompt, settings.SystemPrompt);
    }

    private OnnxChatPromptExecutionSettings Settings(PromptExecutionSettings? settings)
    {
        var own = OnnxChatPromptExecutionSettings.FromExecutionSettings(settings, out var ignored);
        WarnOnce(ignored);
        return own;
    }

    private Dictionary<string, object?> Metadata(string id, ReplyEnd? end)
    {
        var metadata = new Dictionary<string, object?> { ["Id"] = id, ["CreatedAt"] = _time.GetUtcNow() };
        if (end is not null)
        {
            metadata["FinishReason"] = end.Reason.Value;
            metadata["Usage"] = end.Usage;
            metadata[LeftOutKey] = end.LeftOut;
            metadata[ConfidenceKey] = end.Confidence;
            metadata[TokensLeftOutKey] = end.TokensLeftOut;
        }

        return metadata;
    }
}
