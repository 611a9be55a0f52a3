using OnnxChat.BotHost.Review;

namespace OnnxChat.BotHost.Tests.Review;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("write to ann.lee+shop@mail.example.org please", "write to <email> please")]
    [InlineData("请发到小明@例子.公司，谢谢", "<email>，谢谢")]
    [InlineData("see https://example.org/o?id=1 or www.example.org.", "see <link> or <link>")]
    [InlineData("call +44 (0)20 7946 0958 today", "call <number> today")]
    [InlineData("电话是13812345678。", "电话是<number>。")]
    [InlineData("card 4111 1111 1111 1111", "card <number>")]
    [InlineData("order TH-20934-A and IBAN DE89370400440532013000", "order <number> and IBAN <number>")]
    [InlineData("I paid 4.90 for 2 items on 3 May", "I paid 4.90 for 2 items on 3 May")]
    [InlineData("size 42, 30 days", "size 42, 30 days")]
    public void Remove_EachForm_LeavesAPlaceholder(string text, string expected) => Assert.Equal(expected, PersonalData.Remove(text));
}
