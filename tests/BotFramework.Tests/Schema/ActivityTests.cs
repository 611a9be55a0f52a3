using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotFramework.Tests.Schema;

public class ActivityTests
{
    [Fact]
    public void RemoveRecipientMention_BotMentioned_LeavesTheRest()
    {
        var activity = Received();
        activity.Text = "<at>Bot</at> where is my order?";
        activity.Entities = [new Entity("mention") { Properties = JObject.Parse("""{"mentioned":{"id":"bot","name":"Bot"},"text":"<at>Bot</at>"}""") }];

        Assert.Equal("where is my order?", activity.RemoveRecipientMention());
        Assert.True(activity.MentionsRecipient());
        Assert.False(activity.MentionsId("user"));
    }

    [Fact]
    public void RemoveRecipientMention_NoEntities_LeavesTheText()
    {
        var activity = Received();
        activity.Text = "hello";

        Assert.Equal("hello", activity.RemoveRecipientMention());
    }

    [Fact]
    public void CreateReply_Message_GoesBackToItsSender()
    {
        var reply = Received().CreateReply("hi");

        Assert.Equal(("message", "hi", "a", "bot", "user", "c"), (reply.Type, reply.Text, reply.ReplyToId, reply.From.Id, reply.Recipient.Id, reply.Conversation.Id));
    }

    [Theory]
    [InlineData("webchat", null)]
    [InlineData("directline", null)]
    [InlineData("msteams", "a")]
    public void GetConversationReference_ConversationUpdate_HasAnIdWhereItCanBeRepliedTo(string channel, string? id)
    {
        var activity = Received();
        activity.Type = ActivityTypes.ConversationUpdate;
        activity.ChannelId = channel;

        Assert.Equal(id, activity.GetConversationReference().ActivityId);
    }

    [Theory]
    [InlineData("message", true)]
    [InlineData("MESSAGE", true)]
    [InlineData("message/submit", true)]
    [InlineData("messages", false)]
    [InlineData("event", false)]
    [InlineData(null, false)]
    public void AsMessageActivity_Type_TellsMessages(string? type, bool isMessage) =>
        Assert.Equal(isMessage, new Activity(type).AsMessageActivity() is not null);

    [Fact]
    public void TryGetChannelData_ObjectOrOtherShape_ReadsOrSaysNo()
    {
        var activity = Received();

        Assert.False(activity.TryGetChannelData<ChannelAccount>(out _));
        activity.ChannelData = JObject.Parse("""{"id":"x"}""");
        Assert.True(activity.TryGetChannelData<ChannelAccount>(out var account));
        Assert.Equal("x", account.Id);
        activity.ChannelData = "text";
        Assert.False(activity.TryGetChannelData<ChannelAccount>(out _));
    }

    [Fact]
    public void Entity_SetAndGetAs_KeepsTheValue()
    {
        var entity = new Entity();
        entity.SetAs(new Mention(new ChannelAccount("u", "User"), "<at>User</at>"));

        Assert.Equal("mention", entity.Type);
        Assert.Equal("User", entity.GetAs<Mention>().Mentioned.Name);
        Assert.Equal(entity, new Entity("mention") { Properties = (JObject)entity.Properties.DeepClone() });
    }

    private static Activity Received() => new(ActivityTypes.Message)
    {
        Id = "a",
        ChannelId = "msteams",
        ServiceUrl = "https://service.example",
        From = new ChannelAccount("user"),
        Recipient = new ChannelAccount("bot", "Bot"),
        Conversation = new ConversationAccount(id: "c"),
    };
}
