using Microsoft.Bot.Schema;
using OnnxChat.BotFramework.Tests.Compatibility;

namespace OnnxChat.BotFramework.Tests.Builder;

public class ActivityHandlerTests
{
    [Theory]
    [InlineData("user", 1)]
    [InlineData("bot", 0)]
    public async Task MembersAdded_WhoJoined_WelcomesPeopleButNotTheBot(string member, int welcomes)
    {
        var adapter = new QueueAdapter();
        var activity = new Activity(ActivityTypes.ConversationUpdate) { Recipient = new ChannelAccount("bot"), MembersAdded = [new ChannelAccount(member)] };

        using var context = await adapter.RunAsync(activity, new EchoBot().OnTurnAsync);

        Assert.Equal(welcomes, adapter.Sent.Count);
    }

    [Theory]
    [MemberData(nameof(Activities))]
    public async Task OnTurn_EachKindOfActivity_ReachesItsHandler(Activity activity, string handler)
    {
        var bot = new NotingBot();

        using var context = await new QueueAdapter().RunAsync(activity, bot.OnTurnAsync);

        Assert.Equal(handler, bot.Called);
    }

    public static TheoryData<Activity, string> Activities => new()
    {
        { new Activity("message"), "message" },
        { new Activity("messageUpdate"), "update" },
        { new Activity("messageDelete"), "delete" },
        { new Activity("conversationUpdate") { MembersRemoved = [new ChannelAccount("u")] }, "removed" },
        { new Activity("messageReaction") { ReactionsAdded = [new MessageReaction("like")] }, "reaction+" },
        { new Activity("messageReaction") { ReactionsRemoved = [new MessageReaction("like")] }, "reaction-" },
        { new Activity("event") { Name = "x" }, "event" },
        { new Activity("event") { Name = "tokens/response" }, "token" },
        { new Activity("typing"), "typing" },
        { new Activity("installationUpdate") { Action = "add-upgrade" }, "installed" },
        { new Activity("installationUpdate") { Action = "remove" }, "uninstalled" },
        { new Activity("endOfConversation"), "end" },
        { new Activity("command"), "command" },
        { new Activity("commandResult"), "commandResult" },
        { new Activity("message/submitAction"), "unrecognized" },
    };

    [Fact]
    public async Task OnTurn_NoType_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => new QueueAdapter().RunAsync(new Activity(), new EchoBot().OnTurnAsync));
}
