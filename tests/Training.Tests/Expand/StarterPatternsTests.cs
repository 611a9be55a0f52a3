using OnnxChat.Testing;
using OnnxChat.Training.Expand;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Tests.Expand;

public sealed class StarterPatternsTests
{
    private static readonly ExpandRequest Request = new(Path.Combine(Repository.Root, "data", "starter"));
    private static readonly Lazy<IReadOnlyList<PatternLanguage>> Languages = new(() => PatternLanguage.ReadAll(Request.Folder));
    private static readonly Lazy<IReadOnlyList<Sample>> Samples = new(Expand);

    [Fact]
    public void Expand_Starter_HasEveryTopicInBothLanguages()
    {
        var topics = Languages.Value.ToDictionary(language => language.Name, language => language.Topics.Where(topic => !topic.Declined).Select(topic => topic.Name));

        Assert.Equal(50, topics["en"].Count());
        Assert.Equal(topics["en"], topics["zh"]);
        Assert.All(topics, language => Assert.All(language.Value, topic => Assert.Contains(Samples.Value, sample => sample.Topic == $"{language.Key}/{topic}")));
        Assert.Equal(["en/out-of-scope", "zh/out-of-scope"], Samples.Value.Where(sample => sample.Declined).Select(sample => sample.Topic).Distinct());
    }

    [Fact]
    public void Expand_Starter_GivesSeveralSamplesAPattern()
    {
        var patterns = Languages.Value.Sum(language => language.Topics.Sum(topic => topic.Patterns.Count));

        Assert.Equal(patterns, Samples.Value.Select(sample => sample.Group).Distinct().Count());
        Assert.InRange(Samples.Value.Count, 2 * patterns, 4 * patterns);
        Assert.DoesNotContain(Samples.Value, sample => sample.User.Length == 0 || sample.User.Contains('{') || sample.User.Contains('['));
    }

    [Fact]
    public void Expand_StarterTwice_GivesTheSameSamples() => Assert.Equal(Samples.Value, Expand());

    [Fact]
    public void Expand_StarterGroups_KeepTheAnswersTheyNeed()
    {
        var answers = Samples.Value.Where(sample => sample.Topic == "en/out-of-scope").GroupBy(sample => sample.Group!.Split('#')[0]).ToDictionary(
            group => group.Key, group => Assert.Single(group.Select(sample => sample.Assistant).Distinct()));

        Assert.Contains("112", answers["en/out-of-scope/emergencies"], StringComparison.Ordinal);
        Assert.Equal(answers["en/out-of-scope/sports"], answers["en/out-of-scope/politics"]);
    }

    [Theory]
    [InlineData("en", 120)]
    [InlineData("zh", 60)]
    public void ReadAll_StarterWrappers_AreManyAndLeaveSmallTalkBare(string language, int least)
    {
        var wrappers = Languages.Value.Single(read => read.Name == language).Wrappers;

        Assert.True(wrappers.Patterns.Count >= least);
        Assert.Superset(new HashSet<string> { "greeting", "goodbye", "thanks", "bot", "gibberish" }, wrappers.Bare.ToHashSet());
    }

    private static List<Sample> Expand()
    {
        var expander = new Expander(Request);
        return [.. PatternLanguage.ReadAll(Request.Folder).SelectMany(expander.Expand)];
    }
}
