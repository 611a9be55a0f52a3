using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using OnnxChat.BotHost.Bot;

namespace OnnxChat.BotHost.Tests.Bot;

public sealed partial class SentencesTests
{
    [Fact]
    public void Chinese_EachEnglishSentence_IsTranslatedWithTheSameHoles()
    {
        var resources = new ResourceManager(typeof(Sentences));
        var english = Texts(resources, CultureInfo.InvariantCulture);
        var chinese = Texts(resources, BotLanguage.Chinese);

        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        Assert.All(english, sentence =>
        {
            Assert.NotEqual(sentence.Value, chinese[sentence.Key]);
            Assert.Equal(Holes(sentence.Value), Holes(chinese[sentence.Key]));
        });
    }

    [Fact]
    public void Sentences_EachInTheResources_HasAMember()
    {
        var names = Texts(new ResourceManager(typeof(Sentences)), CultureInfo.InvariantCulture).Keys;

        Assert.All(names, name => Assert.NotEmpty(typeof(Sentences).GetMember(name)));
    }

    private static Dictionary<string, string> Texts(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static IEnumerable<string> Holes(string text) => Hole().Matches(text).Select(match => match.Groups[1].Value).Order();

    [GeneratedRegex(@"\{(\d)[^}]*\}")]
    private static partial Regex Hole();
}
