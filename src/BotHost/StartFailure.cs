using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Security;
using OnnxChat.BotHost.Turns;
using OnnxChat.Connector;

namespace OnnxChat.BotHost;

/// <summary>Why the host did not start, for who started it: what is wrong and what mends it, without a stack trace.</summary>
internal static class StartFailure
{
    // Logs a start that failed with all its frames, before Program can say what it means.
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Starts the host. A failure that configuration mends is explained on <paramref name="error"/>; others are thrown.</summary>
    /// <returns>Whether the host has started.</returns>
    public static async Task<bool> TryStartAsync(this WebApplication app, StartLog log, TextWriter error)
    {
        try
        {
            await app.StartAsync();
            log.HasStarted = true;
            return true;
        }
        catch (Exception e) when (Explain(e, app.Configuration[WebHostDefaults.ServerUrlsKey]) is { } reason)
        {
            await error.WriteLineAsync("OnnxChat did not start: " + reason);
            return false;
        }
    }

    /// <summary>Keeps the framework from logging a failed start, which is explained or thrown anyway.</summary>
    public static StartLog AddStartLog(this WebApplicationBuilder builder)
    {
        var log = new StartLog();
        builder.Logging.AddFilter(HostCategory, level => level >= LogLevel.Information && (log.HasStarted || level < LogLevel.Error));
        return log;
    }

    /// <param name="exception">What the start threw.</param>
    /// <param name="urls">The addresses of the configuration, where it has them.</param>
    /// <returns>One line, or null where the exception's own frames say more.</returns>
    internal static string? Explain(Exception exception, string? urls) => exception switch
    {
        OnnxChatModelException or RemoteAccessException or TurnInboxException => exception.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        IOException { InnerException: AddressInUseException } => $"{exception.Message} Stop what listens there, or choose another address: --urls http://localhost:PORT",
        SocketException or FormatException or InvalidOperationException { InnerException: null } when urls is not null && IsAbout(urls, exception) => $"it cannot listen on {urls}: {exception.Message.TrimEnd('.')}. Choose an address of this machine: --urls http://localhost:PORT",
        InvalidOperationException { InnerException: FormatException or ArgumentException or OverflowException } => $"{exception.Message.TrimEnd('.')}: {exception.InnerException.Message}",
        _ => null,
    };

    // An error of the socket names no address; the others may be about something else entirely.
    private static bool IsAbout(string urls, Exception exception) => exception is SocketException || exception.Message.Contains(urls, StringComparison.Ordinal);
}
