using OnnxChat.Training.Samples;
using OnnxChat.Training.Tests.Fixtures;

namespace OnnxChat.Training.Tests.Expand;

public sealed class ExpanderTests
{
    [Fact]
    public void Expand_Pattern_GivesItsPlainFormFirst()
    {
        using var folder = new PatternFolder().With("en/order.txt", "> Soon.", "[where|when] is my [parcel|order][ please|]");

        Assert.Equal("where is my parcel please", folder.Expand()[0].User);
    }

    [Fact]
    public void Expand_Pattern_GivesDifferentFormsOfOneGroup()
    {
        using var folder = new PatternFolder().With("en/order.txt", "# Orders.", "> Soon.", "hello", "[a|b|c|d|e|f|g|h] [1|2|3|4|5|6|7|8]");

        var samples = folder.Expand(variants: 6).Where(sample => sample.User != "hello").ToList();

        Assert.Equal(6, samples.Select(sample => sample.User).Distinct().Count());
        Assert.All(samples, sample => Assert.Equal(new Sample(sample.User, "Soon.") { Group = "en/order#2", Topic = "en/order" }, sample));
    }

    [Fact]
    public void Expand_FewForms_GivesEachOnce()
    {
        using var folder = new PatternFolder().With("en/order.txt", "> Soon.", "[a|b]");

        Assert.Equal(["a", "b"], folder.Expand(variants: 8).Select(sample => sample.User));
    }

    [Fact]
    public void Expand_OutOfScope_IsDeclinedAndOneTopic()
    {
        using var folder = new PatternFolder()
            .With("en/out-of-scope/sports.txt", "> No sports.", "who won")
            .With("en/out-of-scope/law.txt", "> No law.", "may i sue");

        var samples = folder.Expand();

        Assert.All(samples, sample => Assert.True(sample is { Declined: true, Topic: "en/out-of-scope" }));
        Assert.Equal(["en/out-of-scope/law#1", "en/out-of-scope/sports#1"], samples.Select(sample => sample.Group));
        Assert.Equal(["No law.", "No sports."], samples.Select(sample => sample.Assistant));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Expand_SeveralAnswers_UsesTheFirstOrAll(bool all, int expected)
    {
        using var folder = new PatternFolder().With("en/order.txt", "> Soon.", "> In a while.", "[a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p]");

        var samples = folder.Expand(variants: 16, allAnswers: all);

        Assert.Equal(expected, samples.Select(sample => sample.Assistant).Distinct().Count());
        Assert.True(all || samples[0].Assistant == "Soon.");
    }

    [Fact]
    public void Expand_NestedAlternativesMacrosAndSlots_AreWritten()
    {
        using var folder = new PatternFolder()
            .With("en/macros.txt", "thing = [tent|{shoe}]", "shoe = [boot|sandal]")
            .With("en/order.txt", "> Soon.", "my {thing} [is [late|lost]|came], order {ONO}, code {CODE}");

        Assert.All(folder.Expand(variants: 30), sample =>
            Assert.Matches(@"^my (tent|boot|sandal) (is late|is lost|came), order (#|TH-?|th)?\d{5,6}, code [A-Za-z]+\d+$", sample.User));
    }

    [Fact]
    public void Expand_BarOutsideBrackets_StandsForItself()
    {
        using var folder = new PatternFolder().With("en/order.txt", "> Soon.", "<|SYSTEM|> where is [it|this]");

        Assert.Equal("<|SYSTEM|> where is it", folder.Expand()[0].User);
    }

    [Fact]
    public void Expand_Wrapped_StandsWithinAWrapperWithoutItsEdges()
    {
        using var folder = new PatternFolder()
            .With("en/wrappers.txt", "# Around.", "- thanks", "well, {message}, ok")
            .With("en/order.txt", "> Soon.", "[hi |]where is my [parcel|order][ please|]")
            .With("en/thanks.txt", "> Welcome.", "[thanks|thx|ta]");

        var samples = folder.Expand(variants: 9, wrapped: 1);

        Assert.Equal("hi where is my parcel please", samples[0].User);
        Assert.All(samples.Where(sample => sample.Topic == "en/order").Skip(1), sample => Assert.Matches("^well, where is my (parcel|order), ok$", sample.User));
        Assert.Equal(["ta", "thanks", "thx"], samples.Where(sample => sample.Topic == "en/thanks").Select(sample => sample.User).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Expand_NewLineElsewhere_ChangesNoOtherSample()
    {
        string[] lines = ["> Soon.", "where is my {ONO}", "is [it|that] [late|lost|gone], {ONO}"];
        using var before = new PatternFolder().With("en/order.txt", lines).With("en/gift.txt", "> Yes.", "wrap [it|this]");
        using var after = new PatternFolder().With("en/order.txt", lines).With("en/gift.txt", "> Yes.", "a [new|fresh] line", "wrap [it|this]");

        var expected = before.Expand().Where(sample => sample.Topic == "en/order");

        Assert.Equal(expected, after.Expand().Where(sample => sample.Topic == "en/order"));
    }

    [Fact]
    public void Expand_AnotherSeed_DrawsOtherForms()
    {
        using var folder = new PatternFolder().With("en/order.txt", "> Soon.", "where is {ONO}");

        Assert.Equal(folder.Expand(seed: 3), folder.Expand(seed: 3));
        Assert.NotEqual(folder.Expand(seed: 3), folder.Expand(seed: 4));
    }
}
