using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OnnxChat.EndToEnd.Crash;

/// <summary>A customer who sends each message until it is accepted, whatever becomes of the host, and knows what was accepted.</summary>
internal sealed class PersistentCustomer(Uri address) : IDisposable
{
    private const string Prefix = "v3/directline/";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
    private string _conversation = "";
    private TaskCompletionSource _accepted = NewSignal();
    private int _sent;

    /// <summary>The ids of the messages that were accepted, in order.</summary>
    public List<string> Accepted { get; } = [];

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
        Accepted.Add((string)(await CallAsync(HttpMethod.Post, $"conversations/{_conversation}/activities", message, cancellationToken))["id"]!);
        Interlocked.Exchange(ref _accepted, NewSignal()).SetResult();
    }

    /// <summary>Completes when another message is accepted.</summary>
    public Task NextAcceptedAsync() => Volatile.Read(ref _accepted).Task.WaitAsync(CancellationToken.None);

    /// <summary>Waits until each accepted message has a reply.</summary>
    /// <returns>The messages that the bot's replies are for, in the order of the replies.</returns>
    public async Task<List<string>> AnsweredAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await CallAsync(HttpMethod.Get, $"conversations/{_conversation}/activities", null, cancellationToken);
            List<string> answered = [.. read["activities"]!.AsArray()
                .Where(activity => (string?)activity!["type"] == "message" && (string?)activity["from"]!["role"] == "bot" && activity["replyToId"] is not null)
                .Select(activity => (string)activity!["replyToId"]!)];
            if (Accepted.TrueForAll(answered.Contains))
                return [.. answered.Where(Accepted.Contains)];
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<JsonNode> CallAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, Prefix + path) { Content = body is null ? null : JsonContent.Create(body) };
                using var response = await _http.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                    return (await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
                if ((int)response.StatusCode is not (429 or 503))
                    throw new InvalidOperationException($"{method} {path} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // The host is dead, or dies: whether it has the message is for the next call to find out.
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
