using System.Collections.Concurrent;
using Microsoft.Bot.Schema;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Compatibility;

public class ProactiveBotTests
{
    [Fact]
    public async Task Notify_StoredReference_ReachesTheUserLater()
    {
        await using var channel = await FakeChannel.StartAsync();
        var references = new ConcurrentDictionary<string, ConversationReference>();
        var server = new BotServer(new ProactiveBot(references));
        await server.PostAsync(BotServer.Message(channel.Url));

        foreach (var reference in references.Values)
        {
            await server.Adapter.ContinueConversationAsync(
                "", reference, async (turn, token) => await turn.SendActivityAsync("proactive hello", cancellationToken: token), TestContext.Current.CancellationToken);
        }

        Assert.Equal("proactive hello", (string?)channel.Received[^1].Json["text"]);
    }

    [Fact]
    public async Task Message_Cards_AreSentAsTheChannelReadsThem()
    {
        await using var channel = await FakeChannel.StartAsync();

        await new BotServer(new ProactiveBot(new())).PostAsync(BotServer.Message(channel.Url));

        var actions = channel.Received[0].Json["suggestedActions"]!["actions"]!;
        Assert.Equal(["Red", "Blue"], actions.Select(action => (string?)action["value"]));
        var cards = channel.Received[1].Json;
        Assert.Equal("carousel", (string?)cards["attachmentLayout"]);
        Assert.Equal(["one", "two"], cards["attachments"]!.Select(card => (string?)card["content"]!["title"]));
        Assert.All(cards["attachments"]!, card => Assert.Equal("application/vnd.microsoft.card.hero", (string?)card["contentType"]));
    }
}
