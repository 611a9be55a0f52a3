using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>The one model of this host.</summary>
internal sealed class ServedModel(IChatClient chat, TimeProvider time)
{
    /// <summary>Its name, as callers give it.</summary>
    public string Id { get; } = chat.GetService<ChatClientMetadata>()?.DefaultModelId is { Length: > 0 } id ? id : "onnxchat";

    /// <summary>Since when it is served, in seconds since 1970.</summary>
    public long Since { get; } = time.GetUtcNow().ToUnixTimeSeconds();
}
