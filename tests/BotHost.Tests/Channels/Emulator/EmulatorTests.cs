using System.Net;
using System.Text.Json.Nodes;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Channels.Emulator;

/// <summary>A live chat as the Bot Framework Emulator holds it: its conversation ids, its order of activities, its connector service.</summary>
public sealed class EmulatorTests : IAsyncLifetime
{
    private const string Conversation = "8f1e3c40-c8ff-11ee-9a4b-3f2a1f6f7f10|livechat";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TestHost _host = new();
    private FakeChannel? _emulator;

    private FakeChannel Emulator => _emulator!;

    public async ValueTask InitializeAsync() => _emulator = await FakeChannel.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task LiveChat_BothJoin_WelcomesTheUserOnceInTheConversation()
    {
        await PostAsync("conversationUpdate", activity => activity["membersAdded"] = Members("bot"));
        await PostAsync("conversationUpdate", activity => activity["membersAdded"] = Members("user"));

        var welcome = await Emulator.NextSaidAsync();

        Assert.StartsWith("Hello, I am OnnxChat.", (string?)welcome["text"]);
        Assert.True(Emulator.HasNothing);
    }

    [Fact]
    public async Task LiveChat_Message_IsRepliedToUnderItsIdByTheBotToTheUser()
    {
        await PostAsync("message", activity => activity["text"] = "hello");

        var reply = await Emulator.NextSaidAsync();

        Assert.Equal("Answer to hello", (string?)reply["text"]);
        Assert.Equal("message-1", (string?)reply["replyToId"]);
        Assert.Equal(Conversation, (string?)reply["conversation"]!["id"]);
        Assert.Equal(("bot", "user"), ((string?)reply["from"]!["id"], (string?)reply["recipient"]!["id"]));
        Assert.Equal($"/v3/conversations/{Uri.EscapeDataString(Conversation)}/activities/message-1", Emulator.LastPath);
    }

    [Theory]
    [InlineData("typing")]
    [InlineData("endOfConversation")]
    [InlineData("messageReaction")]
    [InlineData("contactRelationUpdate")]
    [InlineData("event")]
    public async Task LiveChat_OtherActivitiesOfItsMenu_AreTakenWithoutAnAnswer(string type)
    {
        await PostAsync(type, _ => { });

        Assert.True(Emulator.HasNothing);
    }

    [Fact]
    public async Task LiveChat_Restarted_IsANewConversationToTheBot()
    {
        await PostAsync("conversationUpdate", activity => activity["membersAdded"] = Members("user"));
        await Emulator.NextSaidAsync();
        await PostAsync("conversationUpdate", activity =>
        {
            activity["membersAdded"] = Members("user");
            activity["conversation"]!["id"] = "0b1e3c40-c8ff-11ee-9a4b-3f2a1f6f7f11|livechat";
        });

        var welcome = await Emulator.NextSaidAsync();

        Assert.Equal("0b1e3c40-c8ff-11ee-9a4b-3f2a1f6f7f11|livechat", (string?)welcome["conversation"]!["id"]);
    }

    private static JsonArray Members(string id) => [new JsonObject { ["id"] = id, ["name"] = id, ["role"] = id }];

    private async Task PostAsync(string type, Action<JsonNode> change)
    {
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = $"{type}-{Guid.NewGuid():N}",
            ["channelId"] = "emulator",
            ["serviceUrl"] = Emulator.Url,
            ["timestamp"] = "2026-03-01T12:00:00.000Z",
            ["localTimestamp"] = "2026-03-01T13:00:00+01:00",
            ["locale"] = "en-US",
            ["from"] = new JsonObject { ["id"] = "user", ["name"] = "User", ["role"] = "user" },
            ["recipient"] = new JsonObject { ["id"] = "bot", ["name"] = "Bot", ["role"] = "bot" },
            ["conversation"] = new JsonObject { ["id"] = Conversation },
        };
        if (type == "message")
            activity["id"] = "message-1";
        change(activity);

        using var response = await _host.DeliverAsync(activity);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(Cancelled));
    }
}
