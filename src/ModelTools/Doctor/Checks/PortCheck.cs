using System.Net;
using System.Net.Sockets;

namespace OnnxChat.ModelTools.Doctor.Checks;

/// <summary>Whether the bot host's port is free.</summary>
internal sealed class PortCheck(int port) : ICheck
{
    public const int BotHost = 3978;

    public string Name => "port";

    public Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return Task.FromResult(new CheckResult(Name, CheckStatus.Ok, $"{port} is free"));
        }
        catch (SocketException e)
        {
            return Task.FromResult(new CheckResult(Name, CheckStatus.Warn, $"{port} cannot be listened on: {e.Message}", "Stop the program that listens there (perhaps the bot host itself), or start the host with --urls http://localhost:3979."));
        }
    }
}
