using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Bot.Streaming;

/// <summary>How a reply grows in Web Chat.</summary>
public sealed class WebChatStreamTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reply_ThatTakesLong_GrowsInOneStreamAndEndsWhole()
    {
        using var model = new WritingChatClient();
        using var host = new TestHost { Model = model };
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        await client.SayAsync("why?");
        await model.Asked.WaitAsync(Cancelled);

        foreach (var piece in (string[])["Because ", "it ", "is."])
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            model.Write(piece);
            await client.WaitForAsync(activities => activities.Any(activity => ((string?)activity["text"])?.EndsWith(piece.Trim(), StringComparison.Ordinal) == true));
        }

        model.End();
        var last = (await client.ReplyActivitiesAsync(2))[1];
        var (all, _) = await client.ReadAsync();

        var updates = all.Where(activity => (string?)activity["channelData"]?["streamType"] == "streaming").ToList();
        Assert.Equal(["Because", "Because it", "Because it is."], updates.Select(update => (string?)update["text"]));
        Assert.Equal([1, 2, 3], updates.Select(update => (int)update["channelData"]!["streamSequence"]!));
        var stream = (string?)updates[0]["id"];
        Assert.All(updates, update => Assert.Equal(stream, (string?)update["channelData"]!["streamId"]));
        Assert.Equal(("final", stream, "Because it is."), ((string?)last["channelData"]!["streamType"], (string?)last["channelData"]!["streamId"], (string?)last["text"]));
    }

    [Fact]
    public async Task Reply_StreamingTurnedOff_IsWhole()
    {
        using var model = new WritingChatClient();
        using var host = new TestHost(("OnnxChat:Bot:StreamReplies", "false")) { Model = model };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("why?");
        await model.Asked.WaitAsync(Cancelled);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        model.Write("Because.");
        model.End();

        await client.RepliesAsync(2);
        var (all, _) = await client.ReadAsync();

        Assert.DoesNotContain(all, activity => activity["channelData"]?["streamType"] is not null);
    }
}
