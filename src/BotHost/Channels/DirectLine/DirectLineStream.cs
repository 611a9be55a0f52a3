using System.Net.WebSockets;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Sends a conversation's activities over a WebSocket until the client, the conversation or the host ends it.</summary>
internal sealed class DirectLineStream(IOptions<DirectLineOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    public async Task RunAsync(WebSocket socket, DirectLineConversation conversation, long watermark, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, conversation.Closed, lifetime.ApplicationStopping);
        var receiving = ReceiveAsync(socket, ended);
        try
        {
            await SendAsync(socket, conversation, watermark, ended.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The stream is over; the client comes back with its watermark when it wants more.
        }

        await CloseAsync(socket);
        try
        {
            await receiving.WaitAsync(CloseTimeout, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // A client that does not say good-bye too is cut off.
            socket.Abort();
            await receiving;
        }
    }

    private async Task SendAsync(WebSocket socket, DirectLineConversation conversation, long watermark, CancellationToken cancellationToken)
    {
        while (true)
        {
            var news = conversation.ReadAfter(watermark, out var changed);
            if (news.Activities.Count > 0)
                await socket.SendAsync(news.ToJson(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            else if (!await IsSignalledAsync(changed, cancellationToken))
                await socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

            watermark = news.Watermark;
        }
    }

    private async Task<bool> IsSignalledAsync(Task changed, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(options.Value.KeepAlive, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // Clients say nothing here but empty frames, to keep the connection; what else they send is read and dropped.
    private static async Task ReceiveAsync(WebSocket socket, CancellationTokenSource ended)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection broke.
        }

        await ended.CancelAsync();
    }

    private async Task CloseAsync(WebSocket socket)
    {
        using var patience = new CancellationTokenSource(CloseTimeout, time);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }
}
