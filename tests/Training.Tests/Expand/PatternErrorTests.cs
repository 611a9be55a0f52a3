using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Expand;
using OnnxChat.Training.Tests.Fixtures;

namespace OnnxChat.Training.Tests.Expand;

public sealed class PatternErrorTests
{
    [Theory]
    [InlineData("where is [it|that", "order.txt, line 3, column 10: '[' is not closed")]
    [InlineData("where is it]", "order.txt, line 3, column 12: ']' closes nothing")]
    [InlineData("where is {thing", "order.txt, line 3, column 10: '{' is not closed")]
    [InlineData("where is thing}", "order.txt, line 3, column 15: '}' closes nothing")]
    [InlineData("where is {thing}", "order.txt, line 3, column 10: {thing} is neither a slot nor a macro")]
    [InlineData("where is {message}", "order.txt, line 3, column 10: {message} is neither a slot nor a macro")]
    [InlineData("first", "order.txt, line 3: the pattern 'first' is also")]
    [InlineData(">", "order.txt, line 3: the answer is empty")]
    public void ReadAll_WrongLine_NamesFileAndLine(string line, string expected)
    {
        using var folder = new PatternFolder().With("en/order.txt", "> Soon.", "first", line);

        Assert.Contains(expected, Refused(folder).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order.txt has no answer", "where is it")]
    [InlineData("order.txt has no pattern", "# Nothing.", "> Soon.")]
    public void ReadAll_HalfAFile_SaysWhatItLacks(string expected, params string[] lines)
    {
        using var folder = new PatternFolder().With("en/order.txt", lines);

        Assert.Contains(expected, Refused(folder).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("macros.txt, line 1: 'thing' is no macro", "thing")]
    [InlineData("macros.txt, line 2: the name 'a' is taken", "a = b", "a = c")]
    [InlineData("macros.txt, line 1: the name 'ONO' is taken", "ONO = 1")]
    [InlineData("macros.txt, line 1: the macro 'a' contains itself", "a = {b}", "b = {a}")]
    [InlineData("macros.txt, line 1, column 1: '[' is not closed", "a = [x")]
    public void ReadAll_WrongMacro_NamesFileAndLine(string expected, params string[] macros)
    {
        using var folder = new PatternFolder().With("en/macros.txt", macros).With("en/order.txt", "> Soon.", "where is {a}");

        Assert.Contains(expected, Refused(folder).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrappers.txt, line 1: the wrapper has {message} 0 times", "hello")]
    [InlineData("wrappers.txt, line 1: the wrapper has {message} 2 times", "{message} {message}")]
    [InlineData("wrappers.txt, line 2: the wrapper 'a {message}' is also", "a {message}", "a {message}")]
    [InlineData("wrappers.txt, line 1: there is no file thanks.txt", "- order thanks")]
    public void ReadAll_WrongWrapper_NamesFileAndLine(string expected, params string[] wrappers)
    {
        using var folder = new PatternFolder().With("en/wrappers.txt", wrappers).With("en/order.txt", "> Soon.", "where is it");

        Assert.Contains(expected, Refused(folder).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAll_NoPatterns_SaysWhereTheyAreLookedFor()
    {
        using var folder = new PatternFolder();

        Assert.Contains("<language>/<intent>.txt", Refused(folder).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAll_SamePatternInTwoLanguages_IsFine()
    {
        using var folder = new PatternFolder().With("en/order.txt", "> Soon.", "ok").With("de/order.txt", "> Bald.", "ok");

        Assert.Equal(["de", "en"], PatternLanguage.ReadAll(folder.Path).Select(language => language.Name));
    }

    private static UserException Refused(PatternFolder folder) => Assert.Throws<UserException>(() => folder.Expand());
}
