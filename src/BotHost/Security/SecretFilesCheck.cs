using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Security;

/// <summary>Warns of secrets that every account of the machine can read.</summary>
internal sealed partial class SecretFilesCheck(IOptions<SecretsOptions> options, ILogger<SecretFilesCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(options.Value.Folder!))
            {
                // Kubernetes mounts links, whose own mode says nothing.
                var content = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
                if (File.GetUnixFileMode(content).HasFlag(UnixFileMode.OtherRead))
                    LogReadable(file);
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Every account of this machine can read the secret {File}. Take that away with chmod o-r, or mount it with mode 0400 or 0440.")]
    private partial void LogReadable(string file);
}
