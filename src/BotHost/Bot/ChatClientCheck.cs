using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.Bot;

/// <summary>A host without a model stops at start, and not at the first customer.</summary>
internal sealed class ChatClientCheck(IServiceProviderIsService services) : IHostedLifecycleService
{
    /// <exception cref="InvalidOperationException">No chat client is registered.</exception>
    public Task StartingAsync(CancellationToken cancellationToken) => services.IsService(typeof(IChatClient))
        ? Task.CompletedTask
        : throw new InvalidOperationException("The host has no model to answer with: no IChatClient is registered. Register one in Program.cs, such as with services.AddOnnxChat(folder).");

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
