using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace OnnxChat.EndToEnd.Crash;

/// <summary>A customer who sends each message until it is accepted, whatever becomes of the hosts, and knows what was accepted.</summary>
/// <param name="hosts">Each call goes to another of them.</param>
/// <param name="first">The host of the first call.</param>
/// <param name="ready">Completes while a call makes sense; waited for after one that was refused.</param>
internal sealed class PersistentCustomer(IReadOnlyList<MortalHost> hosts, int first, Func<Task> ready) : IDisposable
{
    private const string Prefix = "v3/directline/";

    private readonly HttpClient _http = new();
    private readonly HashSet<string> _accepted = [];
    private readonly HashSet<string> _open = [];
    private TaskCompletionSource _next = NewSignal();
    private TaskCompletionSource _refused = NewSignal();
    private int _calls = first;
    private string _watermark = "";
    private string _conversation = "";
    private int _sent;

    /// <summary>The ids of the messages that were accepted, in order.</summary>
    public List<string> Accepted { get; } = [];

    /// <summary>The messages that the bot's replies are for, in the order of the replies.</summary>
    public List<string> Answered { get; } = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var token = await CallAsync(HttpMethod.Post, "tokens/generate", null, cancellationToken);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["token"]!);
        _conversation = (string)token["conversationId"]!;
        await CallAsync(HttpMethod.Post, "conversations", new { }, cancellationToken);
    }

    public async Task SayAsync(string text, CancellationToken cancellationToken)
    {
        // The name that Web Chat gives a message too: when it is sent again, it is the same message.
        var message = new { type = "message", text, channelData = new { clientActivityID = $"m{++_sent}" } };
        var id = (string)(await CallAsync(HttpMethod.Post, $"conversations/{_conversation}/activities", message, cancellationToken))["id"]!;
        Accepted.Add(id);
        _accepted.Add(id);
        _open.Add(id);
        Interlocked.Exchange(ref _next, NewSignal()).SetResult();
    }

    /// <summary>Completes when another message is accepted.</summary>
    public Task NextAcceptedAsync() => Volatile.Read(ref _next).Task.WaitAsync(CancellationToken.None);

    /// <summary>Completes when another call is refused because the hosts cannot take it now.</summary>
    public Task NextRefusedAsync() => Volatile.Read(ref _refused).Task.WaitAsync(CancellationToken.None);

    /// <summary>Reads on in the conversation until each accepted message has a reply, and goes on where it was when the host dies.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (_open.Count > 0)
        {
            try
            {
                await StreamAsync(cancellationToken);
            }
            catch (WebSocketException)
            {
                // The host died. What was read need not be read again.
            }
        }
    }

    /// <summary>Forgets what was read, as a client does that comes back.</summary>
    public void Forget()
    {
        Answered.Clear();
        _watermark = "";
        _open.UnionWith(Accepted);
    }

    public void Dispose() => _http.Dispose();

    private async Task StreamAsync(CancellationToken cancellationToken)
    {
        var stream = (string)(await CallAsync(HttpMethod.Get, $"conversations/{_conversation}?watermark={_watermark}", null, cancellationToken))["streamUrl"]!;
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(stream), cancellationToken);
        while (_open.Count > 0)
        {
            // An empty frame keeps the connection.
            if (await ReceiveAsync(socket, cancellationToken) is not { } news)
                continue;

            _watermark = (string)news["watermark"]!;
            foreach (var message in news["activities"]!.AsArray().Where(IsReply).Select(activity => (string)activity!["replyToId"]!).Where(_accepted.Contains))
            {
                Answered.Add(message);
                _open.Remove(message);
            }
        }
    }

    private static async Task<JsonNode?> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        using var frame = new MemoryStream();
        var buffer = new byte[65_536];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            await frame.WriteAsync(buffer.AsMemory(0, received.Count), cancellationToken);
        }
        while (!received.EndOfMessage);
        return frame.Length == 0 ? null : JsonNode.Parse(frame.ToArray());
    }

    private static bool IsReply(JsonNode? activity) => (string?)activity!["type"] == "message" && (string?)activity["from"]!["role"] == "bot" && activity["replyToId"] is not null;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<JsonNode> CallAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var host = hosts[_calls++ % hosts.Count];
            await host.Up.WaitAsync(cancellationToken);
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(host.Address, Prefix + path)) { Content = body is null ? null : JsonContent.Create(body) };
                using var response = await _http.SendAsync(request, cancellationToken);
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    Interlocked.Exchange(ref _refused, NewSignal()).SetResult();
                    await ready().WaitAsync(cancellationToken);
                    continue;
                }

                return response.IsSuccessStatusCode
                    ? (await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!
                    : throw new InvalidOperationException($"{method} {path} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The host is dead, or dies: whether it has the message is for the next call to find out.
            }
        }
    }
}
