using System.Net;
using System.Net.Sockets;

namespace OnnxChat.EndToEnd.Chaos;

/// <summary>A network between two programs that can be broken: cut, or silent as behind a firewall that drops everything.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferBytes = 65_536;

    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _sockets = [];
    private readonly CancellationTokenSource _over = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly Task _accepting;
    private TaskCompletionSource _open = NewGate();
    private bool _isCut;

    public TcpProxy(int target)
    {
        _target = target;
        _open.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Lets nothing through, and says nothing about it; what is on its way arrives when the network is mended.</summary>
    public void Silence()
    {
        lock (_gate)
            _open = NewGate();
    }

    /// <summary>Ends all connections, and each new one at once.</summary>
    public void Cut()
    {
        Socket[] sockets;
        lock (_gate)
        {
            _isCut = true;
            sockets = [.. _sockets];
        }

        foreach (var socket in sockets)
            socket.Close(0);
    }

    public void Mend()
    {
        lock (_gate)
        {
            _isCut = false;
            _open.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Cut();
        Mend();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(ConnectAsync(await _listener.AcceptSocketAsync(_over.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy ends.
        }

        await Task.WhenAll(connections);
    }

    private async Task ConnectAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        using (client)
        {
            if (!TryKeep(client, server))
                return;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _over.Token);
                await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Nobody is there.
            }

            lock (_gate)
            {
                _sockets.Remove(client);
                _sockets.Remove(server);
            }
        }
    }

    private bool TryKeep(Socket client, Socket server)
    {
        lock (_gate)
        {
            if (_isCut)
                return false;
            _sockets.Add(client);
            _sockets.Add(server);
            return true;
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer, _over.Token) is > 0 and var length)
            {
                await Volatile.Read(ref _open).Task.WaitAsync(_over.Token);
                for (var sent = 0; sent < length;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), _over.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
