using OnnxChat.Connector.Confidence;

namespace OnnxChat.Connector.Tests.Confidence;

public class AnswerTextTests
{
    [Theory]
    [InlineData("  Short answer. ", "Short answer.")]
    [InlineData("You can follow your order under My Orders in your account.", "You can follow your order under My Orders in")]
    [InlineData("您可以在“我的订单”里查看物流信息，也可以点击发货邮件里的链接。如果三天没有更新，请把订单号发给我们，我们会去查。", "您可以在“我的订单”里查看物流信息，也可以点击发货邮件里的链接。如果三天没有更新，请把订单号发给")]
    public void Start_AnyAnswer_EndsWithAWord(string answer, string start) => Assert.Equal(start, AnswerText.Start(answer));

    [Fact]
    public void Start_PairAtTheEnd_IsNotCut() =>
        Assert.Equal(new string('好', 47), AnswerText.Start(new string('好', 47) + "🏔️🏔️"));
}
