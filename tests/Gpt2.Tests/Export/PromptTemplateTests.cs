using OnnxChat.Gpt2.Export;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class PromptTemplateTests
{
    [Fact]
    public void Card_Prompt_EndsWithASpace()
    {
        Assert.Equal("<|SYSTEM|> {system} <|USER|> {user} <|ASSISTANT|> ", PromptTemplate.Card.Prompt);
        Assert.Equal("You are a helpful AI designed to answer questions", PromptTemplate.Card.System);
        Assert.Equal(["<|"], PromptTemplate.Card.Stop);
    }

    [Theory]
    [InlineData("Q: {user} A: ", "Q: {user} A: ")]
    [InlineData("Q: {user}\nA:\n", "Q: {user}\nA:")]
    [InlineData("{user}\r\n", "{user}")]
    [InlineData("\"{user}\"", "\"{user}\"")]
    public void Read_PlainText_IsThePromptWithoutItsLastLineBreak(string text, string prompt)
    {
        Assert.Equal(new PromptTemplate(prompt), Read("template.txt", text));
    }

    [Theory]
    [InlineData("template.json")]
    [InlineData("template.txt")]
    public void Read_JsonObject_TakesEveryMember(string name)
    {
        var template = Read(name, """{ "prompt": "{system}: {user}", "system": "你好", "stop": ["\n", "##"] }""");

        Assert.Equal(new PromptTemplate("{system}: {user}") { System = "你好", Stop = ["\n", "##"] }, template);
    }

    [Fact]
    public void Read_OnlyPrompt_TakesTheRestFromTheCard()
    {
        Assert.Equal(new PromptTemplate("Q {user}"), Read("template.json", """{ "prompt": "Q {user}" }"""));
    }

    [Theory]
    [InlineData("t.txt", "no place", "{user} 0 times")]
    [InlineData("t.txt", "{user} {user}", "{user} 2 times")]
    [InlineData("t.txt", "{system} {system} {user}", "{system} 2 times")]
    [InlineData("t.json", """{ "prompt": "{system}" }""", "{user} 0 times")]
    [InlineData("t.json", """{ "system": "x" }""", "holds no template")]
    [InlineData("t.json", """{ "prompt": "{user}", "stop": "x" }""", "holds no template")]
    [InlineData("t.json", """{ "prompt": "{user}", "stop": [""] }""", "holds no template")]
    [InlineData("t.json", """{ "prompt": 3 }""", "holds no template")]
    [InlineData("t.json", "{user}", "is not JSON")]
    public void Read_UnusableTemplate_SaysWhy(string name, string text, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(name, text));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static PromptTemplate Read(string name, string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], text);
        return PromptTemplate.Read(folder[name]);
    }
}
