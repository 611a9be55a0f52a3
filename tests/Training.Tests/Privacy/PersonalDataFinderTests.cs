using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Privacy;

namespace OnnxChat.Training.Tests.Privacy;

public sealed class PersonalDataFinderTests
{
    [Theory]
    [InlineData("write to jane.doe+shop@mail.co.uk please", "Email:jane.doe+shop@mail.co.uk")]
    [InlineData("我的邮箱是zhang_wei88@qq.com谢谢", "Email:zhang_wei88@qq.com")]
    [InlineData("jürgen@müller.de.", "Email:jürgen@müller.de")]
    [InlineData("my card 4111 1111 1111 1111 was charged", "Card:4111 1111 1111 1111")]
    [InlineData("2 cards: 5500-0055-5555-5559 and 340000000000009.", "Card:5500-0055-5555-5559", "Card:340000000000009")]
    [InlineData("pay 12 4111111111111111 3 times", "Card:4111111111111111")]
    [InlineData("5 4111 1111 1111 1111 7", "Card:4111 1111 1111 1111")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00 thanks a lot", "Iban:DE89 3704 0044 0532 0130 00")]
    [InlineData("gb82west12345698765432", "Iban:gb82west12345698765432")]
    [InlineData("身份证11010519491231002X对吗", "ResidentId:11010519491231002X")]
    [InlineData("call me on +49 (0)30 1234-567", "Telephone:+49 (0)30 1234-567")]
    [InlineData("0044 20 7946 0958", "Telephone:0044 20 7946 0958")]
    [InlineData("(212) 555-0123 or 212-555-0123", "Telephone:(212) 555-0123", "Telephone:212-555-0123")]
    [InlineData("my number 07700 900123", "Telephone:07700 900123")]
    [InlineData("06 12 34 56 78", "Telephone:06 12 34 56 78")]
    [InlineData("手机13812345678", "Telephone:13812345678")]
    [InlineData("１３８１２３４５６７８", "Telephone:１３８１２３４５６７８")]
    [InlineData("座机010-12345678", "Telephone:010-12345678")]
    [InlineData("phone: 555 1234", "Telephone:555 1234")]
    [InlineData("where is order 48213", "Reference:48213")]
    [InlineData("order number is 4821", "Reference:4821")]
    [InlineData("my order #TH-48213?", "Reference:TH-48213")]
    [InlineData("#48213 is late", "Reference:48213")]
    [InlineData("parcel JD0123456789", "Reference:JD0123456789")]
    [InlineData("订单号：202611230017", "Reference:202611230017")]
    [InlineData("问个问题，th13305能改吗", "Reference:th13305")]
    [InlineData("RE2026-00417 is wrong", "Reference:RE2026-00417")]
    [InlineData("it says 1234567890123", "Reference:1234567890123")]
    [InlineData("My name is Jane Doe and i wait", "Name:Jane Doe")]
    [InlineData("my name is john smith.", "Name:john smith")]
    [InlineData("my name is john and i wait", "Name:john")]
    [InlineData("hi, I'm Anna, where is it", "Name:Anna")]
    [InlineData("this is peter speaking", "Name:peter")]
    [InlineData("it is late.\nKind regards\nTom Weaver", "Name:Tom Weaver")]
    [InlineData("Dear Ms. Miller, it is late", "Name:Miller")]
    [InlineData("Hello Anna, thank you", "Name:Anna")]
    [InlineData("where is it? Thanks, Lena", "Name:Lena")]
    [InlineData("我叫张伟，想退货", "Name:张伟")]
    [InlineData("你好我叫李小龙想退货", "Name:李小龙")]
    [InlineData("我姓王", "Name:王")]
    [InlineData("收件人：陈静", "Name:陈静")]
    [InlineData("请转告刘先生", "Name:刘")]
    [InlineData("send it to 12 Baker Street please", "Address:12 Baker Street")]
    [InlineData("nach Lindenstraße 12a bitte", "Address:Lindenstraße 12a")]
    [InlineData("寄到人民路12号3栋501室", "Address:寄到人民路12号3栋501室")]
    public void Find_PersonalData_IsFound(string text, params string[] expected) => Assert.Equal(expected, Find(text));

    [Theory]
    [InlineData("the tent costs 1,299.00 or 1.299,00 and shipping 4.90")]
    [InlineData("i ordered 1000 pieces in 2024")]
    [InlineData("order 2026-11-23 was late")]
    [InlineData("it came on 05/12/2026 10:30, not 5.12.26 or 2026-12-05 08:15:00")]
    [InlineData("size 42, 10.5 uk, 38-40, eu 43, 180 x 70 x 200 cm, 1000000 mm")]
    [InlineData("open 9-17 or 08:00 to 12:30?")]
    [InlineData("call me at 5 pm")]
    [InlineData("0.123456789 litres at 100 200 300 m")]
    [InlineData("version 10.0.15, 50 % off, 5 + 3 = 8")]
    [InlineData("I'm German and I am Going. I'm Sorry. This is Ridiculous")]
    [InlineData("i am here from monday")]
    [InlineData("my name is misspelled on the label")]
    [InlineData("Hi Team, thanks. Best Price")]
    [InlineData("write to help@trailhaven.example or a@example.com")]
    [InlineData("满200减20，12.5折，2026年11月23日到货，3到5天")]
    [InlineData("我叫不出名字，我是高中生，我是江苏的")]
    [InlineData("42 @ 5 each")]
    [InlineData("you have 12 street shoes and the road bike is 3 weeks late")]
    public void Find_OrdinaryText_IsLeftAlone(string text) => Assert.Empty(Find(text));

    [Fact]
    public void Find_PatternOfTheCompany_IsAReference() =>
        Assert.Equal(["Reference:KD:77/x"], new PersonalDataFinder([@"KD:[0-9]+/[a-z]"], []).Find("my KD:77/x is late").Select(data => $"{data.Kind}:{"my KD:77/x is late".Substring(data.Start, data.Length)}"));

    [Theory]
    [InlineData("[")]
    [InlineData("(?<=x)1")]
    public void Create_UnusablePattern_SaysWhich(string pattern) =>
        Assert.Contains($"--id-pattern '{pattern}'", Assert.Throws<UserException>(() => new PersonalDataFinder([pattern], [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("help@shop.com")]
    [InlineData("*@shop.com")]
    [InlineData("HELP@shop.com")]
    public void Find_KeptValue_IsLeftAlone(string kept) =>
        Assert.Empty(new PersonalDataFinder([], [kept]).Find("write to help@shop.com"));

    private static IEnumerable<string> Find(string text) =>
        new PersonalDataFinder([], []).Find(text).Select(data => $"{data.Kind}:{text.Substring(data.Start, data.Length)}");
}
