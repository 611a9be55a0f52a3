using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Channels.DirectLine;

/// <summary>A Direct Line client as Web Chat is one, for one conversation.</summary>
internal sealed class DirectLineClient(TestHost host) : IDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;
    private readonly HttpClient _http = host.CreateClient();

    /// <param name="host">The host.</param>
    /// <param name="conversationId">A conversation that has begun.</param>
    /// <param name="token">Its token.</param>
    public DirectLineClient(TestHost host, string conversationId, string token)
        : this(host) => (ConversationId, Token) = (conversationId, token);

    public string ConversationId { get; private set; } = "";

    public string Token { get; private set; } = "";

    public string StreamUrl { get; private set; } = "";

    public static async Task<DirectLineClient> StartAsync(TestHost host, object? start = null)
    {
        var client = new DirectLineClient(host);
        await client.GenerateAsync();
        using var response = await client.SendAsync(HttpMethod.Post, "conversations", start ?? new { });
        response.EnsureSuccessStatusCode();
        client.StreamUrl = (string)(await JsonAsync(response))["streamUrl"]!;
        return client;
    }

    public async Task GenerateAsync(object? body = null)
    {
        using var response = await SendAsync(HttpMethod.Post, "tokens/generate", body, token: "");
        response.EnsureSuccessStatusCode();
        var json = await JsonAsync(response);
        (ConversationId, Token) = ((string)json["conversationId"]!, (string)json["token"]!);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, "/v3/directline/" + path);
        if (body is not null)
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        if ((token ?? Token).Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token);
        return await _http.SendAsync(request, Cancelled);
    }

    public Task<HttpResponseMessage> PostAsync(object activity) =>
        SendAsync(HttpMethod.Post, $"conversations/{ConversationId}/activities", activity);

    /// <returns>The activity's id.</returns>
    public async Task<string> SayAsync(string text, string? locale = null)
    {
        using var response = await PostAsync(new { type = "message", text, locale, from = new { id = "somebody-else" } });
        response.EnsureSuccessStatusCode();
        return (string)(await JsonAsync(response))["id"]!;
    }

    public async Task<(List<JsonNode> Activities, string Watermark)> ReadAsync(string watermark = "")
    {
        using var response = await SendAsync(HttpMethod.Get, $"conversations/{ConversationId}/activities?watermark={watermark}");
        response.EnsureSuccessStatusCode();
        var json = await JsonAsync(response);
        return ([.. json["activities"]!.AsArray().Select(activity => activity!)], (string)json["watermark"]!);
    }

    /// <summary>Waits until the bot has sent so many messages, and gives their texts.</summary>
    public async Task<List<string>> RepliesAsync(int count) => [.. (await ReplyActivitiesAsync(count)).Select(reply => (string)reply["text"]!)];

    public async Task<List<JsonNode>> ReplyActivitiesAsync(int count) =>
        [.. (await WaitForAsync(activities => activities.Count(IsReply) >= count)).Where(IsReply)];

    /// <summary>Waits until the conversation's activities are as the test wants them.</summary>
    public async Task<List<JsonNode>> WaitForAsync(Func<List<JsonNode>, bool> isThere)
    {
        var conversation = (await host.Services.GetRequiredService<DirectLineConversations>().FindAsync(ConversationId))!;
        while (true)
        {
            conversation.ReadAfter(0, out var changed);
            var (activities, _) = await ReadAsync();
            if (isThere(activities))
                return activities;
            await changed.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        }
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!;

    public static async Task<string> ErrorCodeAsync(HttpResponseMessage response) => (string)(await JsonAsync(response))["error"]!["code"]!;

    public void Dispose() => _http.Dispose();

    private static bool IsReply(JsonNode activity) => (string?)activity["from"]!["role"] == "bot" && (string?)activity["type"] == "message";
}
