using Microsoft.Extensions.Hosting;

namespace OnnxChat.Connector.Hosting;

/// <summary>Loads a model when the application starts, so that a broken folder stops it there and no user waits.</summary>
internal sealed class ModelLoader(OnnxChatService service) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => service.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
