using Microsoft.Extensions.Logging;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Conformance;

/// <summary>
/// What the service promises to callers of Microsoft.Extensions.AI and Semantic Kernel, whatever generates. The engine
/// answers <see cref="StarterModel.Question"/> with <see cref="StarterModel.Answer"/> in 12 tokens.
/// </summary>
public abstract partial class ChatServiceConformance : IAsyncDisposable
{
    private readonly OnnxChatService _service;

    protected ChatServiceConformance() => _service = Create();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A service over the starter model's folder.</summary>
    protected OnnxChatService Create(ILoggerFactory? log = null) => Create(new OnnxChatOptions { ModelPath = StarterModel.Folder }, log);

    /// <summary>A service over the engine that is tested.</summary>
    protected abstract OnnxChatService Create(OnnxChatOptions options, ILoggerFactory? log);

    /// <summary>Requests that reached the engine of <see cref="Create(OnnxChatOptions, ILoggerFactory?)"/>'s services.</summary>
    protected abstract int Requests { get; }
}
