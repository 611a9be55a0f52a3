using Microsoft.Bot.Builder;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Compatibility;

public class StateBotTests
{
    private readonly MemoryStorage _storage = new();

    [Fact]
    public async Task Message_LaterTurnsAndAnotherConversation_RememberTheUserAndCountByConversation()
    {
        await using var channel = await FakeChannel.StartAsync();

        await SayAsync(channel, "a1", "c1", "Ann");
        await SayAsync(channel, "a2", "c1", "hello");
        await SayAsync(channel, "a3", "c2", "again");

        Assert.Equal(["Thanks Ann.", "Ann said: hello (2)", "Ann said: again (1)"], channel.Received.Select(request => (string?)request.Json["text"]));
    }

    [Fact]
    public async Task Message_ForgetMe_StartsAnew()
    {
        await using var channel = await FakeChannel.StartAsync();

        await SayAsync(channel, "a1", "c1", "Ann");
        await SayAsync(channel, "a2", "c1", "forget me");
        await SayAsync(channel, "a3", "c1", "Bob");
        await SayAsync(channel, "a4", "c1", "hello");

        Assert.Equal("Bob said: hello (2)", (string?)channel.Received[^1].Json["text"]);
    }

    // Each turn with states of its own, as a service of the request's scope.
    private async Task SayAsync(FakeChannel channel, string id, string conversation, string text)
    {
        var activity = BotServer.Message(channel.Url, id, text);
        activity["conversation"]!["id"] = conversation;
        var response = await new BotServer(new StateBot(new ConversationState(_storage), new UserState(_storage))).PostAsync(activity);
        Assert.Equal(200, response.Status);
    }
}
