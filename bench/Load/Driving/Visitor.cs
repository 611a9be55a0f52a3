using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OnnxChat.Load.Driving;

/// <summary>Somebody who opens the chat page, asks one question over a WebSocket, has the answer and leaves.</summary>
internal static class Visitor
{
    private const string Prefix = "v3/directline";

    /// <returns>False where the host said that it takes nothing now.</returns>
    public static async Task<bool> AskAsync(HttpClient host, CancellationToken cancellationToken)
    {
        if (await PostAsync(host, $"{Prefix}/tokens/generate", null, new { }, cancellationToken) is not { } token
            || await PostAsync(host, $"{Prefix}/conversations", (string?)token["token"], new { }, cancellationToken) is not { } conversation)
        {
            return false;
        }

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri((string)conversation["streamUrl"]!), cancellationToken);
        var message = new { type = "message", text = "How long does delivery take?", from = new { id = "visitor" } };
        if (await PostAsync(host, $"{Prefix}/conversations/{conversation["conversationId"]}/activities", (string?)conversation["token"], message, cancellationToken) is not { } posted)
            return false;

        var buffer = new byte[65_536];
        var id = (string)posted["id"]!;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
                return false;
            var frame = Encoding.UTF8.GetString(buffer, 0, received.Count);
            // An empty frame keeps the connection.
            if (frame.Length > 0 && JsonNode.Parse(frame)!["activities"]!.AsArray().Any(activity => (string?)activity!["type"] == "message" && (string?)activity["replyToId"] == id))
                break;
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        return true;
    }

    private static async Task<JsonNode?> PostAsync(HttpClient host, string path, string? token, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await host.SendAsync(request, cancellationToken);
        if ((int)response.StatusCode is 429 or 503)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
    }
}
