using System.Net;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Channels.DirectLine;

public sealed class LimitTests
{
    [Fact]
    public async Task Start_NoRoomLeft_503UntilOneIsIdle()
    {
        using var host = new TestHost(("OnnxChat:DirectLine:MaxConversations", "1"), ("OnnxChat:DirectLine:IdleExpiry", "00:05:00"));
        using var first = await DirectLineClient.StartAsync(host);
        await first.RepliesAsync(1);
        using var second = new DirectLineClient(host);
        await second.GenerateAsync();

        using var refused = await second.SendAsync(HttpMethod.Post, "conversations", new { });
        host.Time.Advance(TimeSpan.FromMinutes(5));
        using var accepted = await second.SendAsync(HttpMethod.Post, "conversations", new { });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
    }

    [Fact]
    public async Task AnyRoute_ConversationIdleTooLong_404()
    {
        using var host = new TestHost(("OnnxChat:DirectLine:IdleExpiry", "00:05:00"));
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        host.Time.Advance(TimeSpan.FromMinutes(4));
        await client.SayAsync("still here");
        await client.RepliesAsync(2);

        host.Time.Advance(TimeSpan.FromMinutes(4));
        using var used = await client.SendAsync(HttpMethod.Get, $"conversations/{client.ConversationId}/activities");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        using var idle = await client.SendAsync(HttpMethod.Get, $"conversations/{client.ConversationId}/activities");

        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, idle.StatusCode);
        Assert.Equal("ConversationNotFound", await DirectLineClient.ErrorCodeAsync(idle));
    }

    [Fact]
    public void ReadAfter_OldestForgotten_GivesTheNewestAndTheTrueWatermark()
    {
        var log = new ConversationLog(maxEntries: 3, maxBytes: 1_000);
        for (byte i = 1; i <= 5; i++)
            log.Append(i, [i]);

        Assert.Equal(["3", "4", "5"], log.ReadAfter(0).Activities.Select(entry => $"{entry[0]}"));
        Assert.Equal(["5"], log.ReadAfter(4 * ConversationLog.Step).Activities.Select(entry => $"{entry[0]}"));
        Assert.Empty(log.ReadAfter(5 * ConversationLog.Step).Activities);
        Assert.Empty(log.ReadAfter(long.MaxValue).Activities);
        Assert.Equal(5 * ConversationLog.Step, log.ReadAfter(0).Watermark);
    }

    [Fact]
    public void Append_OverTheBytes_KeepsTheNewest()
    {
        var log = new ConversationLog(maxEntries: 100, maxBytes: 10);
        log.Append(1, new byte[6]);
        log.Append(2, new byte[4]);
        log.Append(3, new byte[5]);
        Assert.Equal([4, 5], log.ReadAfter(0).Activities.Select(entry => entry.Length));

        log.Append(4, new byte[50]);
        Assert.Equal([50], log.ReadAfter(0).Activities.Select(entry => entry.Length));
    }

    [Fact]
    public void AppendInPassing_BetweenKeptOnes_TakesNoNumberOfTheirs()
    {
        var log = new ConversationLog(maxEntries: 100, maxBytes: 1_000);
        log.Append(1, [1]);
        log.AppendInPassing([11]);
        var between = log.ReadAfter(0).Watermark;
        log.Append(2, [2]);
        log.Append(2, [2]);

        Assert.Equal(["1", "11", "2"], log.ReadAfter(0).Activities.Select(entry => $"{entry[0]}"));
        Assert.Equal(["2"], log.ReadAfter(between).Activities.Select(entry => $"{entry[0]}"));
        Assert.Equal(2 * ConversationLog.Step, log.ReadAfter(0).Watermark);
    }
}
