using Microsoft.Extensions.Time.Testing;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Protocol;

public class DuplicateTests
{
    [Fact]
    public async Task ProcessAsync_SameActivityAgain_HasNoSecondTurn()
    {
        var bot = new CallbackBot((_, _) => Task.CompletedTask);
        var server = new BotServer(bot);

        await server.PostAsync(BotServer.Message("http://127.0.0.1:1"));
        var second = await server.PostAsync(BotServer.Message("http://127.0.0.1:1"));

        Assert.Equal((200, "", 1), (second.Status, second.Body, bot.Turns));
    }

    [Theory]
    [InlineData("channelId", "webchat")]
    [InlineData("id", "a2")]
    [InlineData("conversation", null)]
    public async Task ProcessAsync_AnotherChannelConversationOrId_HasItsTurn(string property, string? value)
    {
        var bot = new CallbackBot((_, _) => Task.CompletedTask);
        var server = new BotServer(bot);
        var other = BotServer.Message("http://127.0.0.1:1");
        other[property] = value;

        await server.PostAsync(BotServer.Message("http://127.0.0.1:1"));
        await server.PostAsync(other);

        Assert.Equal(2, bot.Turns);
    }

    [Fact]
    public async Task ProcessAsync_SameActivityWithoutId_HasItsTurnEachTime()
    {
        var bot = new CallbackBot((_, _) => Task.CompletedTask);
        var server = new BotServer(bot);
        var activity = BotServer.Message("http://127.0.0.1:1");
        activity.Remove("id");

        await server.PostAsync(activity);
        await server.PostAsync(activity);

        Assert.Equal(2, bot.Turns);
    }

    [Fact]
    public async Task ProcessAsync_TwoEditsOfAMessage_HaveATurnEach()
    {
        var bot = new CallbackBot((_, _) => Task.CompletedTask);
        var server = new BotServer(bot);
        var edit = BotServer.Message("http://127.0.0.1:1");
        edit["type"] = "messageUpdate";

        foreach (var time in (string[])["2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-01T00:00:01Z"])
        {
            edit["timestamp"] = time;
            await server.PostAsync(edit);
        }

        Assert.Equal(2, bot.Turns);
    }

    [Fact]
    public async Task ProcessAsync_SameActivityWhileItsTurnRuns_WaitsAndHasNoTurn()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var bot = new CallbackBot((_, token) => release.Task.WaitAsync(token));
        var server = new BotServer(bot);

        var first = server.PostAsync(BotServer.Message("http://127.0.0.1:1"));
        var second = server.PostAsync(BotServer.Message("http://127.0.0.1:1"));
        Assert.False(second.IsCompleted);
        release.SetResult();

        Assert.Equal((200, 200, 1), ((await first).Status, (await second).Status, bot.Turns));
    }

    [Fact]
    public async Task ProcessAsync_SameActivityAfterAFailedTurn_HasItsTurn()
    {
        var fails = true;
        var bot = new CallbackBot((_, _) => fails ? throw new InvalidOperationException() : Task.CompletedTask);
        var server = new BotServer(bot);

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.PostAsync(BotServer.Message("http://127.0.0.1:1")));
        fails = false;
        var second = await server.PostAsync(BotServer.Message("http://127.0.0.1:1"));

        Assert.Equal((200, 2), (second.Status, bot.Turns));
    }

    [Fact]
    public async Task ProcessAsync_SameActivityWaitingForATurnThatFails_HasTheTurnItself()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turns = 0;
        var server = new BotServer(new CallbackBot(async (_, token) =>
        {
            if (++turns > 1)
                return;

            await release.Task.WaitAsync(token);
            throw new InvalidOperationException();
        }));

        var first = server.PostAsync(BotServer.Message("http://127.0.0.1:1"));
        var second = server.PostAsync(BotServer.Message("http://127.0.0.1:1"));
        release.SetResult();

        Assert.Equal((200, 2), ((await second).Status, turns));
        await Task.WhenAny(first);
        Assert.IsType<InvalidOperationException>(first.Exception!.InnerException);
    }

    [Theory]
    [InlineData(599, 1)]
    [InlineData(600, 2)]
    public async Task ProcessAsync_SameActivityLater_HasItsTurnOnceTheWindowIsOver(int seconds, int turns)
    {
        var time = new FakeTimeProvider();
        var bot = new CallbackBot((_, _) => Task.CompletedTask);
        var server = new BotServer(bot, timeProvider: time);

        await server.PostAsync(BotServer.Message("http://127.0.0.1:1"));
        time.Advance(TimeSpan.FromSeconds(seconds));
        await server.PostAsync(BotServer.Message("http://127.0.0.1:1"));

        Assert.Equal(turns, bot.Turns);
    }

    [Fact]
    public async Task ProcessAsync_MoreActivitiesThanTheCapacity_ForgetsTheOldest()
    {
        var bot = new CallbackBot((_, _) => Task.CompletedTask);
        var server = new BotServer(bot, new() { ["BotFramework:DuplicateCapacity"] = "2" });

        foreach (var id in (string[])["a", "b", "c", "c", "a"])
            await server.PostAsync(BotServer.Message("http://127.0.0.1:1", id));

        Assert.Equal(4, bot.Turns);
    }

    [Fact]
    public async Task ProcessAsync_SameActivityExpectingReplies_AnswersNoReplies()
    {
        var server = new BotServer(new CallbackBot((turn, token) => turn.SendActivityAsync("hi", cancellationToken: token)));
        var activity = BotServer.Message("http://127.0.0.1:1");
        activity["deliveryMode"] = "expectReplies";

        Assert.Single((await server.PostAsync(activity)).Json["activities"]!);
        Assert.Empty((await server.PostAsync(activity)).Json["activities"]!);
    }
}
