using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.Telemetry;

namespace OnnxChat.Connector;

/// <content>As chat client of Microsoft.Extensions.AI.</content>
public sealed partial class OnnxChatService : IChatClient
{
    private const string LeftOutKey = "OnnxChat.MessagesLeftOut";
    private const string ConfidenceKey = OnnxChatConfidence.MetadataKey;
    private const string TokensLeftOutKey = "OnnxChat.TokensLeftOut";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The messages hold none of the user, or the prompt does not fit (<see cref="OnnxChatPromptTooLongException"/>).</exception>
    /// <exception cref="NotSupportedException">An option or a part of a message that the model has no use for and must not be dropped silently.</exception>
    /// <exception cref="OnnxChatBusyException">Too many requests wait.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var request = ExtensionsAIMapping.ToRequest(messages, options);
        var (text, end) = await WholeReplyAsync(request, Settings(options), ChatOperation.Chat, cancellationToken).ConfigureAwait(false);
        var id = NewId();
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text) { MessageId = id, CreatedAt = _time.GetUtcNow() })
        {
            ResponseId = id,
            ModelId = ModelId,
            CreatedAt = _time.GetUtcNow(),
            FinishReason = end.Reason,
            Usage = end.Usage,
            AdditionalProperties = Properties(end),
        };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var request = ExtensionsAIMapping.ToRequest(messages, options);
        var id = NewId();
        await foreach (var update in ReplyAsync(request, Settings(options), ChatOperation.Chat, cancellationToken).ConfigureAwait(false))
        {
            if (update.Text.Length > 0)
                yield return Update(id, [new TextContent(update.Text)]);
            if (update.End is { } end)
            {
                var last = Update(id, [new UsageContent(end.Usage)]);
                last.FinishReason = end.Reason;
                last.AdditionalProperties = Properties(end);
                yield return last;
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
            return new ChatClientMetadata("onnxchat", new Uri(Path.GetFullPath(_options.ModelPath)), ModelId);
        if (serviceType == typeof(Microsoft.ML.OnnxRuntimeGenAI.Model))
            return (_model?.Model as GenAIModel)?.Native;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    private static AdditionalPropertiesDictionary Properties(ReplyEnd end) => new()
    {
        [LeftOutKey] = end.LeftOut,
        [TokensLeftOutKey] = end.TokensLeftOut,
        [ConfidenceKey] = end.Confidence,
    };

    private ReplySettings Settings(ChatOptions? options)
    {
        var settings = ExtensionsAIMapping.ToSettings(options, out var ignored);
        WarnOnce(ignored);
        return settings;
    }

    private ChatResponseUpdate Update(string id, IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = id,
        MessageId = id,
        ModelId = ModelId,
        CreatedAt = _time.GetUtcNow(),
    };
}
