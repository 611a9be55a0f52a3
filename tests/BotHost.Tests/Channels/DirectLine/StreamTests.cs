using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Channels.DirectLine;

public sealed class StreamTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_FromTheStart_ShowsWhatWasAndWhatComes()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);

        using var socket = await OpenAsync(host, client.StreamUrl);
        var seen = await ReceiveAsync(socket, activities => activities.Count >= 1);
        await client.SayAsync("hello");
        seen.AddRange(await ReceiveAsync(socket, activities => activities.Any(activity => (string?)activity["text"] == "Answer to hello")));

        var (all, _) = await client.ReadAsync();
        Assert.Equal(all.Select(activity => activity.ToJsonString()), seen.Select(activity => activity.ToJsonString()));
    }

    [Fact]
    public async Task Resume_AfterABreak_LosesAndDoublesNothing()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        List<JsonNode> seen = [];
        var watermark = "";
        var url = client.StreamUrl;

        for (var i = 0; i < 4; i++)
        {
            using (var socket = await OpenAsync(host, url))
            {
                await client.SayAsync($"during {i}");
                var expected = $"Answer to during {i}";
                seen.AddRange(await ReceiveAsync(socket, activities => activities.Any(activity => (string?)activity["text"] == expected), mark => watermark = mark));
                socket.Abort();
            }

            await client.SayAsync($"between {i}");
            await client.RepliesAsync(3 + (2 * i));
            using var resumed = await client.SendAsync(HttpMethod.Get, $"conversations/{client.ConversationId}?watermark={watermark}");
            url = (string)(await DirectLineClient.JsonAsync(resumed))["streamUrl"]!;
        }

        using (var socket = await OpenAsync(host, url))
            seen.AddRange(await ReceiveAsync(socket, activities => activities.Any(activity => (string?)activity["text"] == "Answer to between 3")));

        var (all, _) = await client.ReadAsync();
        Assert.Equal(all.Select(activity => (string)activity["id"]!), seen.Select(activity => (string)activity["id"]!));
    }

    [Fact]
    public async Task Open_NothingHappens_SendsEmptyFrames()
    {
        using var host = new TestHost(("OnnxChat:DirectLine:KeepAlive", "00:00:10"));
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        using var socket = await OpenAsync(host, client.StreamUrl);
        await ReceiveAsync(socket, activities => activities.Count >= 1);

        await host.Time.WaitOf(TimeSpan.FromSeconds(10)).WaitAsync(Cancelled);
        host.Time.Advance(TimeSpan.FromSeconds(10));

        var received = await socket.ReceiveAsync(new byte[16], Cancelled);
        Assert.Equal(0, received.Count);
        Assert.Equal(WebSocketMessageType.Text, received.MessageType);
    }

    [Fact]
    public async Task Open_AddressTooOld_IsRefused()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        host.Time.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(host, client.StreamUrl));
    }

    [Fact]
    public async Task Open_WithTheClientsToken_IsRefused()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        var url = client.StreamUrl[..(client.StreamUrl.IndexOf("t=", StringComparison.Ordinal) + 2)] + client.Token;

        await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(host, url));
    }

    [Fact]
    public async Task AnyRoute_WithTheStreamsToken_401()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        var token = client.StreamUrl[(client.StreamUrl.IndexOf("t=", StringComparison.Ordinal) + 2)..];

        using var response = await client.SendAsync(HttpMethod.Get, $"conversations/{client.ConversationId}", token: token);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Open_TooMany_IsRefusedUntilOneCloses()
    {
        using var host = new TestHost(("OnnxChat:DirectLine:MaxStreamsPerConversation", "1"));
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        var first = await OpenAsync(host, client.StreamUrl);

        await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(host, client.StreamUrl));
        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
        first.Dispose();

        using var second = await OpenSoonAsync(host, client.StreamUrl);
        Assert.Equal(WebSocketState.Open, second.State);
    }

    [Fact]
    public async Task Expiry_ConversationIdle_ClosesItsStream()
    {
        using var host = new TestHost(("OnnxChat:DirectLine:IdleExpiry", "00:05:00"));
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        using var socket = await OpenAsync(host, client.StreamUrl);
        await ReceiveAsync(socket, activities => activities.Count >= 1);

        // Idle conversations are looked for once a minute.
        await host.Time.WaitOf(TimeSpan.FromMinutes(1)).WaitAsync(Cancelled);
        host.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(WebSocketCloseStatus.NormalClosure, await EndAsync(socket));
    }

    private static async Task<WebSocket> OpenAsync(TestHost host, string url) =>
        await host.Server.CreateWebSocketClient().ConnectAsync(new Uri(url), Cancelled);

    // The server counts a stream off a moment after the client has closed it.
    private static async Task<WebSocket> OpenSoonAsync(TestHost host, string url)
    {
        while (true)
        {
            try
            {
                return await OpenAsync(host, url);
            }
            catch (InvalidOperationException) when (!Cancelled.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<List<JsonNode>> ReceiveAsync(WebSocket socket, Func<List<JsonNode>, bool> enough, Action<string>? watermark = null)
    {
        List<JsonNode> activities = [];
        while (!enough(activities))
        {
            using var message = new MemoryStream();
            var buffer = new byte[4_096];
            WebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer, Cancelled);
                await message.WriteAsync(buffer.AsMemory(0, received.Count), Cancelled);
            }
            while (!received.EndOfMessage);

            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            if (message.Length == 0)
                continue;
            var set = JsonNode.Parse(Encoding.UTF8.GetString(message.ToArray()))!;
            activities.AddRange(set["activities"]!.AsArray().Select(activity => activity!));
            watermark?.Invoke((string)set["watermark"]!);
        }

        return activities;
    }

    private static async Task<WebSocketCloseStatus?> EndAsync(WebSocket socket)
    {
        var buffer = new byte[4_096];
        while ((await socket.ReceiveAsync(buffer, Cancelled)).MessageType != WebSocketMessageType.Close)
        {
        }

        return socket.CloseStatus;
    }
}
