using OnnxChat.Training.Prepare.Cleaning;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Tests.Prepare.Cleaning;

public sealed class DuplicateFilterTests
{
    private const string Long = "hello, i ordered a pair of blue trail shoes and two pairs of wool socks in your shop and would like to know where the parcel is now";

    [Theory]
    [InlineData("Where is it?", "where is it?", "Soon.", nameof(Duplication.Equal))]
    [InlineData("where is it?", "where\nis it?", "Soon.", nameof(Duplication.Equal))]
    [InlineData("where is it?", "where is it?", "Late.", nameof(Duplication.Contradicting))]
    [InlineData("where is it?", "where is it", "Soon.", nameof(Duplication.None))]
    [InlineData(Long, Long + "?", "Soon.", nameof(Duplication.Near))]
    [InlineData(Long, Long + "?", "Late.", nameof(Duplication.None))]
    public void Check_SecondSample_IsComparedWithTheFirst(string first, string second, string answer, string expected)
    {
        var filter = new DuplicateFilter(0.9);
        filter.Check(new Sample(first, "Soon."));

        Assert.Equal(expected, filter.Check(new Sample(second, answer)).ToString());
    }

    [Fact]
    public void Check_SameTopic_IsTheSameAnswer()
    {
        var filter = new DuplicateFilter(0.9);
        filter.Check(new Sample("where is it", "Soon.") { Topic = "order" });

        Assert.Equal(Duplication.Equal, filter.Check(new Sample("where is it", "In a while.") { Topic = "order" }));
    }

    [Fact]
    public void Check_OtherInstructions_AreAnotherQuestion()
    {
        var filter = new DuplicateFilter(0.9);
        filter.Check(new Sample("where is it", "Soon."));

        Assert.Equal(Duplication.None, filter.Check(new Sample("where is it", "Late.") { System = "Be honest." }));
    }

    [Fact]
    public void Check_SimilarityOne_LeavesOutEqualOnesOnly()
    {
        var filter = new DuplicateFilter(1);
        filter.Check(new Sample(Long, "Soon."));

        Assert.Equal(Duplication.None, filter.Check(new Sample(Long + "?", "Soon.")));
        Assert.Equal(Duplication.Equal, filter.Check(new Sample(Long, "Soon.")));
    }

    [Fact]
    public void Check_ManyAlike_FindsNearlyAll()
    {
        var filter = new DuplicateFilter(0.9);
        var texts = Enumerable.Range(0, 200).Select(i => $"{Long} number {(char)('a' + (i % 26))}{(char)('a' + (i / 26))} of my list {new string((char)('a' + (i % 26)), 40)}").ToList();
        texts.ForEach(text => filter.Check(new Sample(text, "Soon.")));

        var near = texts.Count(text => filter.Check(new Sample(text + " ok", "Soon.")) == Duplication.Near);

        Assert.True(near >= 190, $"{near} of 200 were found.");
    }
}
