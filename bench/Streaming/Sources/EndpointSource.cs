using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OnnxChat.Streaming.Sources;

/// <summary>
/// The host's <c>/v1/chat/completions</c>, over connections that are kept. Bare sockets: what asks shares the processors
/// with what is measured, and a whole HTTP client works as much as the server.
/// </summary>
internal sealed class EndpointSource(Uri address, string model) : IReplySource, IDisposable
{
    private const int ReadBytes = 16_384;

    // What chunked transfer coding ends with (RFC 9112, 7.1).
    private static readonly byte[] End = "\n0\r\n\r\n"u8.ToArray();

    private readonly ConcurrentBag<Socket> _idle = [];
    private readonly ConcurrentDictionary<string, byte[]> _requests = [];

    public async Task<ReplyTiming> AskAsync(string question, CancellationToken cancellationToken)
    {
        var request = _requests.GetOrAdd(question, Request);
        var start = Stopwatch.GetTimestamp();
        var socket = _idle.TryTake(out var idle) ? idle : await ConnectAsync(cancellationToken);
        await socket.SendAsync(request, cancellationToken);

        var buffer = new byte[ReadBytes];
        var last = new byte[End.Length];
        TimeSpan? first = null;
        while (!last.AsSpan().SequenceEqual(End))
        {
            var read = await socket.ReceiveAsync(buffer, cancellationToken);
            if (first is null && !buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200 "u8) || read == 0)
                throw new InvalidOperationException($"The host answered '{question}' with:\n{Encoding.UTF8.GetString(buffer, 0, read)}");
            first ??= Stopwatch.GetElapsedTime(start);
            byte[] seen = [.. last, .. buffer.AsSpan(Math.Max(0, read - End.Length), Math.Min(read, End.Length))];
            last = seen[^End.Length..];
        }

        _idle.Add(socket);
        return new ReplyTiming(first!.Value, Stopwatch.GetElapsedTime(start));
    }

    public void Dispose()
    {
        foreach (var socket in _idle)
            socket.Dispose();
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        return socket;
    }

    private byte[] Request(string question)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { model, temperature = 0, stream = true, messages = new[] { new { role = "user", content = question } } });
        return
        [
            .. Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"),
            .. body,
        ];
    }
}
