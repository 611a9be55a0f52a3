using OnnxChat.BotHost.Bot;

namespace OnnxChat.BotHost.Tests.Bot;

public sealed class PersonRequestTests
{
    [Theory]
    [InlineData("Talk to a person")]
    [InlineData("can i talk to a person")]
    [InlineData("Could I please speak with a human agent?")]
    [InlineData("I want to talk to someone")]
    [InlineData("I'd like to speak to a real person please")]
    [InlineData("human!")]
    [InlineData("agent")]
    [InlineData("Connect me to an operator.")]
    [InlineData("转人工")]
    [InlineData("人工客服")]
    [InlineData("我要转人工。")]
    [InlineData("请帮我转接人工客服")]
    [InlineData("我想找真人聊聊")]
    public void Is_ACallForAPerson_True(string text) => Assert.True(PersonRequest.Is(text));

    [Theory]
    [InlineData("Is the tent for one person?")]
    [InlineData("person who signed for my parcel")]
    [InlineData("Which agent ships to Canada?")]
    [InlineData("talk to my order")]
    [InlineData("")]
    [InlineData("人工草皮有货吗")]
    [InlineData("你是真人吗？")]
    public void Is_SomethingElse_False(string text) => Assert.False(PersonRequest.Is(text));
}
