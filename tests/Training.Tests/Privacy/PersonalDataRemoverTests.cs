using FsCheck.Xunit;
using OnnxChat.Training.Privacy;
using OnnxChat.Training.Privacy.Finders;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Tests.Privacy;

public sealed class PersonalDataRemoverTests
{
    private static readonly PrivacyOptions Options = new() { Key = [1, 2, 3] };

    // What customers write around a value; the numbers beside it are ordinary ones.
    private static readonly string[] Frames =
    [
        "{0}", "my number is {0}, ok", "since 2024 I paid 12.50 with {0}", "({0})", "hi\n{0}\nbye", "我的是{0}谢谢", "use {0} or 5", "12 {0}", "id:{0}.",
    ];

    [Property]
    public void Remove_Email_DoesNotSurvive(uint seed)
    {
        var random = new SeededRandom((int)seed, "email");
        var email = $"{Letters(random, 1, 8)}.{Letters(random, 1, 8)}{random.Next(100)}@{Letters(random, 2, 8)}.{random.Pick(["com", "co.uk", "cn", "info"])}";

        AssertGone(email, random);
    }

    [Property]
    public void Remove_Card_DoesNotSurvive(uint seed)
    {
        var random = new SeededRandom((int)seed, "card");
        var digits = "4" + Digits(random, 14);
        var card = digits + Enumerable.Range(0, 10).First(check => CardFinder.IsCard($"{digits}{check}"));
        var separator = random.Pick(["", " ", "-"]);

        AssertGone(string.Join(separator, card.Chunk(separator.Length == 0 ? 16 : 4).Select(chunk => new string(chunk))), random);
    }

    [Property]
    public void Remove_Iban_DoesNotSurvive(uint seed)
    {
        var random = new SeededRandom((int)seed, "iban");
        var account = Digits(random, 18);
        var iban = Enumerable.Range(2, 97).Select(check => $"DE{check:D2}{account}").First(IbanFinder.IsIban);

        AssertGone(random.Next(2) == 0 ? iban : string.Join(' ', iban.Chunk(4).Select(chunk => new string(chunk))), random);
    }

    [Property]
    public void Remove_ResidentId_DoesNotSurvive(uint seed)
    {
        var random = new SeededRandom((int)seed, "resident");
        var digits = $"{1 + random.Next(6)}{Digits(random, 5)}19{random.Next(10)}{random.Next(10)}0{1 + random.Next(9)}1{random.Next(10)}{Digits(random, 3)}";

        AssertGone(digits + "0123456789X".First(check => ResidentIdFinder.IsResidentId(digits + check)), random);
    }

    [Property]
    public void Remove_ChineseMobile_DoesNotSurvive(uint seed)
    {
        var random = new SeededRandom((int)seed, "mobile");

        AssertGone($"1{3 + random.Next(7)}{Digits(random, 9)}", random);
    }

    [Fact]
    public void Remove_CustomersText_KeepsTheShape()
    {
        var sample = Remove(new Sample("order TH-48213, card 4111 1111 1111 1111, tel +49 30 1234567, a.b@mail.de, I'm Anna", "Yes."));

        Assert.Matches(@"^order TH-\d{5}, card \d{4} \d{4} \d{4} \d{4}, tel \+49 \d\d \d{7}, [a-z]\.[a-z]@example\.(com|org|net), I'm [A-Z]\w+$", sample.User);
        Assert.DoesNotContain("48213", sample.User, StringComparison.Ordinal);
        Assert.DoesNotContain("1234567", sample.User, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_ChineseName_IsAChineseName() =>
        Assert.Matches("^我叫[\u4e00-\u9fff]{2}，想退货$", Remove(new Sample("我叫张伟，想退货", "好的。")).User);

    [Fact]
    public void Remove_Answer_SaysAWordInsteadOfAValue()
    {
        var sample = Remove(new Sample("hi", "Dear Anna, we called 07700 900123 and wrote to a@mail.de about order 48213.") { System = "Call 07700 900123." });

        Assert.Equal("Dear customer, we called phone number and wrote to email address about order number.", sample.Assistant);
        Assert.Equal("Call phone number.", sample.System);
        Assert.Equal("我们会打电话号码联系顾客先生。", Remove(new Sample("hi", "我们会打13812345678联系刘先生。")).Assistant);
    }

    [Fact]
    public void Remove_OneValueInAConversation_HasOneSubstitute()
    {
        Sample[] conversation = [new("order 48213?", "Soon.") { Group = "c" }, new("i mean order #48213", "Ok.") { Group = "c" }];

        var users = PersonalDataRemover.Create(Options).Remove(conversation).Select(sample => sample.User).ToList();

        Assert.Equal(users[0]["order ".Length..^1], users[1]["i mean order #".Length..]);
        Assert.NotEqual(users[0], Remove(conversation[0] with { Group = "other" }).User);
    }

    [Fact]
    public void Remove_NameGivenOnce_IsReplacedThroughoutTheConversation()
    {
        Sample[] conversation = [new("my name is Zoltan", "Thank you Zoltan.") { Group = "c" }, new("did Zoltan's order come? Zoltanic is a word", "Yes Zoltan") { Group = "c" }];

        var removed = PersonalDataRemover.Create(Options).Remove(conversation).ToList();

        Assert.Equal("Thank you customer.", removed[0].Assistant);
        Assert.Equal("Yes customer", removed[1].Assistant);
        Assert.DoesNotContain("Zoltan's", removed[1].User, StringComparison.Ordinal);
        Assert.Contains("Zoltanic", removed[1].User, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_AnotherKey_InventsOtherValues()
    {
        var sample = new Sample("order 4821367", "Soon.");

        Assert.Equal(Remove(sample), Remove(sample));
        Assert.NotEqual(Remove(sample), PersonalDataRemover.Create(new PrivacyOptions { Key = [4] }).Remove([sample]).Single());
    }

    [Fact]
    public void Remove_Report_CountsByKindAndLanguageAndMasksSamples()
    {
        var remover = PersonalDataRemover.Create(Options);
        _ = remover.Remove([new Sample("my card is 4111111111111111", "Call 07700 900123."), new Sample("手机13812345678，手机13912345678", "好的。")]).ToList();

        Assert.Equal(4, remover.Report.Total);
        Assert.Equal(1, remover.Report.Counts["card"]["en"]);
        Assert.Equal(2, remover.Report.Counts["telephone"]["zh"]);
        Assert.Equal(1, remover.Report.Counts["telephone_in_answers"]["en"]);
        Assert.Contains(new PrivacySample("card", "4***************"), remover.Report.Samples);
        Assert.Contains(new PrivacySample("telephone_in_answers", "0**** ******"), remover.Report.Samples);
    }

    [Fact]
    public void Remove_ManyValues_ReportsTwentySamplesAtMost()
    {
        var remover = PersonalDataRemover.Create(Options);
        for (var i = 0; i < 200; i++)
            _ = remover.Remove([new Sample($"{(char)('a' + (i % 26))}{i}@mail.de order {20000 + i} 1381234{5000 + i} I'm Anna", $"Dear Anna, {20000 + i} order {20000 + i} b{i}@mail.de 07700 900123 4111111111111111")]).ToList();

        Assert.InRange(remover.Report.Samples.Count, 10, 20);
    }

    private static Sample Remove(Sample sample) => PersonalDataRemover.Create(Options).Remove([sample]).Single();

    private static void AssertGone(string value, SeededRandom random)
    {
        var frame = random.Pick(Frames);
        var sample = Remove(new Sample(string.Format(null, frame, value), string.Format(null, frame, value)));

        Assert.DoesNotContain(Plain(value), Plain(sample.User), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Plain(value), Plain(sample.Assistant), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith(frame[..frame.IndexOf('{', StringComparison.Ordinal)], sample.User, StringComparison.Ordinal);
        Assert.EndsWith(frame[(frame.IndexOf('}', StringComparison.Ordinal) + 1)..], sample.User, StringComparison.Ordinal);
    }

    private static string Plain(string text) => text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static string Digits(SeededRandom random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(10)));

    private static string Letters(SeededRandom random, int least, int more) => string.Concat(Enumerable.Range(0, least + random.Next(more)).Select(_ => (char)('a' + random.Next(26))));
}
