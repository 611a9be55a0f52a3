using System.Text.Json.Nodes;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Bot.HandOff;

/// <summary>How a person is asked for, on each way.</summary>
public sealed class HandOffTests
{
    [Fact]
    public async Task Ask_ChannelThatHasPeople_GetsTheEventWithTheTranscript()
    {
        using var host = new TestHost();
        await using var channel = await FakeChannel.StartAsync();
        using var first = await host.DeliverAsync(Message(channel, "where is my order?"));
        var answer = await channel.NextSaidAsync();

        using var second = await host.DeliverAsync(Message(channel, "talk to a person"));
        var initiate = await channel.NextAsync();
        var sentence = await channel.NextAsync();

        Assert.Equal(("event", "handoff.initiate"), ((string?)initiate["type"], (string?)initiate["name"]));
        var transcript = initiate["attachments"]![0]!;
        Assert.Equal(("Transcript", "application/json"), ((string?)transcript["name"], (string?)transcript["contentType"]));
        Assert.Equal(["where is my order?", (string)answer["text"]!], transcript["content"]!["activities"]!.AsArray().Select(said => (string?)said!["text"]));
        Assert.StartsWith("I have asked a person", (string?)sentence["text"]);
    }

    [Fact]
    public async Task Status_AcceptedThenCompleted_SilencesTheBotInBetween()
    {
        using var host = new TestHost();
        await using var channel = await FakeChannel.StartAsync();
        using var asked = await host.DeliverAsync(Message(channel, "human"));
        await channel.NextAsync();
        await channel.NextAsync();

        using var accepted = await host.DeliverAsync(Status(channel, "accepted"));
        using var toPerson = await host.DeliverAsync(Message(channel, "for the person"));
        Assert.True(channel.HasNothing);
        using var completed = await host.DeliverAsync(Status(channel, "completed"));
        using var toBot = await host.DeliverAsync(Message(channel, "for the bot"));

        Assert.Equal("Answer to for the bot", (string?)(await channel.NextSaidAsync())["text"]);
    }

    [Fact]
    public async Task Ask_OnlyAContactIsKnown_TellsIt()
    {
        using var host = new TestHost(("OnnxChat:HandOff:Contact", "0800 123"));
        await using var channel = await FakeChannel.StartAsync();

        using var response = await host.DeliverAsync(Message(channel, "human", "emulator"));

        Assert.Equal("You can reach our team here: 0800 123", (string?)(await channel.NextAsync())["text"]);
    }

    [Fact]
    public async Task Ask_NoPersonCanBeReached_IsTheModelsToAnswer()
    {
        using var host = new TestHost();
        await using var channel = await FakeChannel.StartAsync();

        using var response = await host.DeliverAsync(Message(channel, "human", "emulator"));
        var reply = await channel.NextSaidAsync();

        Assert.Equal("Answer to human", (string?)reply["text"]);
        Assert.Null(reply["suggestedActions"]);
    }

    [Theory]
    [InlineData("en-US", "Talk to a person", "Nobody is at the desk right now.")]
    [InlineData("zh-CN", "转人工", "现在没有人工客服在线。")]
    public async Task Ask_InWebChat_IsSuggestedAndTheAnswerHonest(string locale, string action, string start)
    {
        using var host = new TestHost(("OnnxChat:HandOff:Contact", "0800 123"));
        using var client = await DirectLineClient.StartAsync(host, new { locale });
        var welcome = (await client.ReplyActivitiesAsync(1))[0];
        Assert.Equal(action, (string?)Assert.Single(welcome["suggestedActions"]!["actions"]!.AsArray())!["value"]);

        await client.SayAsync(action, locale);
        await client.SayAsync(action, locale);
        var replies = await client.RepliesAsync(3);

        Assert.StartsWith(start, replies[1]);
        Assert.Contains("0800 123", replies[1]);
        Assert.NotEqual(replies[1], replies[2]);
    }

    [Fact]
    public async Task Suggestions_Configured_AreThoseOfTheLanguageThatWereNotJustAsked()
    {
        using var host = new TestHost(
            ("OnnxChat:Desk:Enabled", "false"),
            ("OnnxChat:Bot:SuggestedQuestions:en:0", "Where is my order?"), ("OnnxChat:Bot:SuggestedQuestions:en:1", "Returns"),
            ("OnnxChat:Bot:SuggestedQuestions:zh-Hans:0", "怎么退货？"));
        using var client = await DirectLineClient.StartAsync(host, new { locale = "en-US" });
        await client.SayAsync("Returns", "en-US");
        await client.SayAsync("你好", "zh-CN");

        var replies = await client.ReplyActivitiesAsync(3);

        Assert.Equal([["Where is my order?", "Returns"], ["Where is my order?"], ["怎么退货？"]], replies.Select(Actions));
    }

    private static string[] Actions(JsonNode reply) => [.. reply["suggestedActions"]!["actions"]!.AsArray().Select(action => (string)action!["title"]!)];

    private static object Message(FakeChannel channel, string text, string channelId = "omnichannel") => Activity(channel, "message", channelId, text, null, null);

    private static object Status(FakeChannel channel, string state) => Activity(channel, "event", "omnichannel", null, "handoff.status", new { state });

    private static object Activity(FakeChannel channel, string type, string channelId, string? text, string? name, object? value) => new
    {
        type,
        name,
        value,
        id = Guid.NewGuid().ToString("n"),
        text,
        channelId,
        serviceUrl = channel.Url,
        from = new { id = "user" },
        recipient = new { id = "bot" },
        conversation = new { id = "c" },
    };
}
