using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Channels.DirectLine;

/// <summary>What a bot may do through the in-process adapter.</summary>
public sealed class AdapterTests
{
    [Fact]
    public async Task Update_OwnMessage_IsShownAgainUnderItsId()
    {
        using var host = new TestHost
        {
            Bot = new ScriptedBot(async (turn, token) =>
        {
            var sent = await turn.SendActivityAsync("before", cancellationToken: token);
            var update = MessageFactory.Text("after");
            update.Id = sent.Id;
            await turn.UpdateActivityAsync(update, token);
        })
        };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("go");

        var replies = await client.ReplyActivitiesAsync(2);

        Assert.Equal(["before", "after"], replies.Select(reply => (string)reply["text"]!));
        Assert.Equal((string)replies[0]["id"]!, (string)replies[1]["id"]!);
    }

    [Fact]
    public async Task Delete_OwnMessage_IsTold()
    {
        using var host = new TestHost
        {
            Bot = new ScriptedBot(async (turn, token) =>
        {
            var sent = await turn.SendActivityAsync("wrong", cancellationToken: token);
            await turn.DeleteActivityAsync(sent.Id, token);
            await turn.SendActivityAsync("right", cancellationToken: token);
        })
        };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("go");

        var wrong = (await client.ReplyActivitiesAsync(2))[0];
        var (activities, _) = await client.ReadAsync();

        var delete = Assert.Single(activities, activity => (string)activity["type"]! == "messageDelete");
        Assert.Equal((string)wrong["id"]!, (string)delete["id"]!);
    }

    [Fact]
    public async Task Send_FirstChunkOfAStream_IsNamedByItsId()
    {
        using var host = new TestHost
        {
            Bot = new ScriptedBot(async (turn, token) =>
        {
            var chunk = new Activity(ActivityTypes.Typing) { Text = "Your", ChannelData = new { streamType = "streaming", streamSequence = 1 } };
            var first = await turn.SendActivityAsync(chunk, token);
            var last = MessageFactory.Text("Your order");
            last.ChannelData = new { streamType = "final", streamId = first.Id };
            await turn.SendActivityAsync(last, token);
        })
        };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("go");
        await client.RepliesAsync(1);

        var (activities, _) = await client.ReadAsync();

        var typing = activities.Single(activity => (string)activity["type"]! == "typing");
        Assert.Equal((string)typing["id"]!, (string)typing["channelData"]!["streamId"]!);
        Assert.Equal((string)typing["id"]!, (string)activities[^1]["channelData"]!["streamId"]!);
    }

    [Fact]
    public async Task Send_Trace_IsNotShown()
    {
        using var host = new TestHost
        {
            Bot = new ScriptedBot(async (turn, token) =>
        {
            await turn.SendActivityAsync(new Activity(ActivityTypes.Trace) { Name = "inner" }, token);
            await turn.SendActivityAsync("shown", cancellationToken: token);
        })
        };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("go");
        await client.RepliesAsync(1);

        var (activities, _) = await client.ReadAsync();

        Assert.DoesNotContain(activities, activity => (string)activity["type"]! == "trace");
    }

    /// <summary>Does as the test says when a message comes.</summary>
    private sealed class ScriptedBot(Func<ITurnContext, CancellationToken, Task> turn) : IBot
    {
        public Task OnTurnAsync(ITurnContext turnContext, CancellationToken cancellationToken = default) =>
            turnContext.Activity.Type == ActivityTypes.Message ? turn(turnContext, cancellationToken) : Task.CompletedTask;
    }
}
