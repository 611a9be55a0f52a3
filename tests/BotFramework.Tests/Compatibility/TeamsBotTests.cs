using Microsoft.AspNetCore.Http;
using Newtonsoft.Json.Linq;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Compatibility;

public class TeamsBotTests
{
    private readonly BotServer _server = new(new TeamsBot());

    [Fact]
    public async Task Message_WhoAmI_AsksTeamsForTheMember()
    {
        await using var channel = await FakeChannel.StartAsync();
        channel.Answers.Enqueue(Answer("""{"id":"u1","name":"Ann","userPrincipalName":"ann@example.org"}"""));

        await _server.PostAsync(Activity(channel, text: "<at>Bot</at> who am I", mention: true));

        Assert.Equal(("GET", "/v3/conversations/c1/members/u1"), (channel.Received[0].Method, channel.Received[0].Path));
        Assert.Equal("You are: Ann, ann@example.org", (string?)channel.Received[1].Json["text"]);
    }

    [Fact]
    public async Task Message_Everybody_ReadsAllPages()
    {
        await using var channel = await FakeChannel.StartAsync();
        channel.Answers.Enqueue(Answer("""{"continuationToken":"next page","members":[{"id":"1","givenName":"Ann"}]}"""));
        channel.Answers.Enqueue(Answer("""{"members":[{"id":"2","givenName":"Bob"}]}"""));

        await _server.PostAsync(Activity(channel, text: "everybody"));

        Assert.Equal("/v3/conversations/c1/pagedmembers?pageSize=100", channel.Received[0].Path);
        Assert.Equal("/v3/conversations/c1/pagedmembers?pageSize=100&continuationToken=next%20page", channel.Received[1].Path);
        Assert.Equal("Ann, Bob", (string?)channel.Received[2].Json["text"]);
    }

    [Fact]
    public async Task Message_Other_MentionsTheUserAndNotifies()
    {
        await using var channel = await FakeChannel.StartAsync();

        await _server.PostAsync(Activity(channel, text: "hello"));

        var reply = Assert.Single(channel.Received).Json;
        Assert.Equal("Hello <at>User</at>.", (string?)reply["text"]);
        Assert.Equal("u1", (string?)reply["entities"]![0]!["mentioned"]!["id"]);
        Assert.True((bool?)reply["channelData"]!["notification"]!["alert"]);
    }

    [Fact]
    public async Task MembersAdded_InATeam_AreCompletedByTeamsAndWelcomed()
    {
        await using var channel = await FakeChannel.StartAsync();
        channel.Answers.Enqueue(Answer("""{"id":"u2","givenName":"Bo","surname":"Li"}"""));
        var activity = Activity(channel, "conversationUpdate", """{"eventType":"teamMemberAdded","team":{"id":"t1","name":"Shop"}}""");
        activity["membersAdded"] = JArray.Parse("""[{"id":"b1"},{"id":"u2"}]""");

        await _server.PostAsync(activity);

        Assert.Equal("/v3/conversations/t1/members/u2", channel.Received[0].Path);
        Assert.Equal("Welcome to Shop, Bo Li.", (string?)channel.Received[1].Json["text"]);
    }

    [Fact]
    public async Task MembersAdded_TeamsKnowsNoSuchConversation_TakesWhatTheActivitySays()
    {
        await using var channel = await FakeChannel.StartAsync();
        channel.Answers.Enqueue(context =>
        {
            context.Response.StatusCode = 404;
            return context.Response.WriteAsync("""{"error":{"code":"ConversationNotFound","message":"none"}}""");
        });
        var activity = Activity(channel, "conversationUpdate", """{"team":{"id":"t1","name":"Shop"}}""");
        activity["membersAdded"] = JArray.Parse("""[{"id":"u2"}]""");

        await _server.PostAsync(activity);

        Assert.StartsWith("Welcome to Shop", (string?)channel.Received[1].Json["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChannelRenamed_InATeam_GetsACard()
    {
        await using var channel = await FakeChannel.StartAsync();

        await _server.PostAsync(Activity(channel, "conversationUpdate", """{"eventType":"channelRenamed","channel":{"id":"1","name":"Sales"},"team":{"id":"t1"}}"""));

        Assert.Equal("Sales is the new Channel name", (string?)Assert.Single(channel.Received).Json["attachments"]![0]!["content"]!["text"]);
    }

    [Theory]
    [InlineData("msteams", 1)]
    [InlineData("emulator", 0)]
    public async Task MessageUpdate_EditMessage_IsTeamsOwn(string channelId, int replies)
    {
        await using var channel = await FakeChannel.StartAsync();
        var activity = Activity(channel, "messageUpdate", """{"eventType":"editMessage"}""", "new text");
        activity["channelId"] = channelId;

        await _server.PostAsync(activity);

        Assert.Equal(replies, channel.Received.Count);
    }

    [Theory]
    [InlineData("msteams", null, 200)]
    [InlineData("emulator", null, 501)]
    [InlineData("msteams", "task/fetch", 501)]
    public async Task Invoke_CardActionWithoutName_IsTeamsOwn(string channelId, string? name, int status)
    {
        await using var channel = await FakeChannel.StartAsync();
        var activity = Activity(channel, "invoke");
        activity["channelId"] = channelId;
        activity["name"] = name;

        Assert.Equal(status, (await _server.PostAsync(activity)).Status);
    }

    private static Func<HttpContext, Task> Answer(string json) => context => context.Response.WriteAsync(json);

    private static JObject Activity(FakeChannel channel, string type = "message", string? channelData = null, string text = "", bool mention = false)
    {
        var activity = BotServer.Message(channel.Url, text: text);
        activity["type"] = type;
        activity["channelId"] = "msteams";
        if (channelData is not null)
            activity["channelData"] = JObject.Parse(channelData);
        if (mention)
            activity["entities"] = JArray.Parse("""[{"type":"mention","mentioned":{"id":"b1","name":"Bot"},"text":"<at>Bot</at>"}]""");
        return activity;
    }
}
