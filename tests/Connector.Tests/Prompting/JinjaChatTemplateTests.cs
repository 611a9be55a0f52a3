using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Prompting;

public class JinjaChatTemplateTests
{
    private static readonly Turn[] History = [new(TurnRole.User, "one"), new(TurnRole.Assistant, "two"), new(TurnRole.User, "three")];

    [Fact]
    public void Render_History_IsTheTemplatesPrompt()
    {
        var prompt = Load("chatml").Render(History, "Be kind.");

        Assert.Equal("<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\none<|im_end|>\n<|im_start|>assistant\ntwo<|im_end|>\n<|im_start|>user\nthree<|im_end|>\n<|im_start|>assistant\n", prompt.Characters);
        Assert.Equal(["Be kind.", "one", "two", "three"], prompt.Pieces.Where(p => p.Quoted).Select(p => p.Text));
    }

    [Fact]
    public void Render_TemplateThatRefusesSystemTexts_PutsThemBeforeTheFirstMessage()
    {
        var prompt = Load("gemma").Render(History, "Be kind.");

        Assert.StartsWith("<bos><start_of_turn>user\nBe kind.\n\none<end_of_turn>\n", prompt.Characters, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_TemplateThatDropsSystemTexts_PutsThemBeforeTheFirstMessage()
    {
        var template = new JinjaChatTemplate("{% for m in messages %}{% if m.role == 'user' %}U:{{ m.content }}{% elif m.role == 'assistant' %}A:{{ m.content }}{% endif %}{% endfor %}", "x", Tokens);

        Assert.Equal("U:s\n\noneA:twoU:three", template.Render(History, "s").Characters);
    }

    [Fact]
    public void Render_TemplateThatWantsTurnsToAlternate_GetsNeighboursJoined()
    {
        var prompt = Load("llama-2").Render([new(TurnRole.User, "a"), new(TurnRole.User, "b")], null);

        Assert.Equal("<s>[INST] a\n\nb [/INST]", prompt.Characters);
    }

    [Theory]
    [InlineData("chatml", false)]
    [InlineData("gemma", true)]
    [InlineData("mistral", true)]
    [InlineData("zephyr", false)]
    public void StartsWithUser_IsFoundOutByTrying(string name, bool expected)
    {
        Assert.Equal(expected, Load(name).StartsWithUser);
        Assert.True(Load(name).IsMultiTurn);
    }

    [Fact]
    public void IsMultiTurn_TemplateOfTheLastMessageOnly_IsFalse()
    {
        var template = new JinjaChatTemplate("Q: {{ messages[-1].content }}\nA:", "x", Tokens);

        Assert.False(template.IsMultiTurn);
        Assert.Equal("Q: s\n\nthree\nA:", template.Render([History[^1]], "s").Characters);
    }

    [Theory]
    [InlineData("{% for m in messages %}{% call x() %}{% endcall %}{% endfor %}", "the block 'call'")]
    [InlineData("{{ fetch(messages) }}", "the function 'fetch'")]
    [InlineData("no place for a message", "leaves its text out")]
    [InlineData("{{ raise_exception('never') }}", "refuses a single message")]
    public void Constructor_TemplateThatCannotBeUsed_NamesWhatFileAndRemedy(string template, string what)
    {
        var error = Assert.Throws<OnnxChatModelException>(() => new JinjaChatTemplate(template, "some/tokenizer_config.json", Tokens));

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains("some/tokenizer_config.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("onnxchat.json", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Tokens => [];

    private static JinjaChatTemplate Load(string name)
    {
        var family = ChatTemplates.Find(name);
        return new JinjaChatTemplate(family.Template, name, family.Tokens);
    }
}
