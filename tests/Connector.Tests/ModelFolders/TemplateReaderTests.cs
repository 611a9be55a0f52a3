using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.ModelFolders;

public sealed class TemplateReaderTests : IDisposable
{
    private readonly ChatMLFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_TemplateBesideTheTokenizer_IsTaken()
    {
        var template = Assert.IsType<JinjaChatTemplate>(ModelFolder.Open(_folder.Path).Prompts.Template);

        Assert.True(template.IsMultiTurn);
        Assert.StartsWith("<|im_start|>system\n", Ask(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SeveralTemplatesByName_TakesTheDefault()
    {
        Write("tokenizer_config.json", """{"eos_token":{"content":"<|im_end|>"},"chat_template":[{"name":"tool_use","template":"x"},{"name":"default","template":"D {{ messages[0].content }}{{ eos_token }}"}]}""");

        Assert.Equal("D hi<|im_end|>", Ask());
    }

    [Fact]
    public void Open_TemplateFile_ComesBeforeTheConfigurations()
    {
        Write("chat_template.jinja", "F {{ messages[0].content }}\n");

        Assert.Equal("F hi", Ask());
    }

    [Theory]
    [InlineData("""{"prompt":"P {user}","system":"","stop":["<|"]}""", "P hi")]
    [InlineData("""{"roles":{"user":{"prefix":"U:","suffix":"\n"},"assistant":{"prefix":"A:","suffix":"\n"}},"begin":"B","reply":"A:"}""", "BU:hi\nA:")]
    [InlineData("""{"roles":{"system":{"prefix":"S:"},"user":{"prefix":"U:"},"assistant":{}},"reply":"","system":"own"}""", "S:ownU:hi")]
    [InlineData("""{"chat_template":"J {{ messages | map(attribute='content') | join(' ') }}{{ eos_token }}","system":"own"}""", "J own hi<|im_end|>")]
    public void Open_TemplateOfTheManifest_ComesFirst(string template, string expected)
    {
        Write("onnxchat.json", $$"""{"format_version":1,"template":{{template}}}""");

        Assert.Equal(expected, Ask());
    }

    [Theory]
    [InlineData("{}", "exactly one")]
    [InlineData("""{"prompt":"{user}","system":"","stop":[],"chat_template":"x"}""", "exactly one")]
    [InlineData("""{"roles":{"user":{},"assistant":{}}}""", "reply")]
    [InlineData("""{"roles":{"user":{}},"reply":""}""", "assistant")]
    [InlineData("""{"prompt":"{user}","system":"","stop":[""]}""", "stop")]
    [InlineData("""{"chat_template":"{% extends 'x' %}"}""", "extends")]
    public void Open_TemplateOfTheManifestThatCannotBeUsed_IsNamed(string template, string name)
    {
        Write("onnxchat.json", $$"""{"format_version":1,"template":{{template}}}""");

        var error = Assert.Throws<OnnxChatModelException>(() => ModelFolder.Open(_folder.Path));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("onnxchat.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoTemplateAnywhere_NamesThePlaces()
    {
        File.Delete(_folder["tokenizer_config.json"]);

        var error = Assert.Throws<OnnxChatModelException>(() => ModelFolder.Open(_folder.Path));

        Assert.Contains("chat_template.jinja", error.Message, StringComparison.Ordinal);
        Assert.Contains("onnxchat.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoTemplateAndAGpt2_TakesTheCards()
    {
        File.Delete(_folder["tokenizer_config.json"]);
        Write("genai_config.json", File.ReadAllText(_folder["genai_config.json"]).Replace("\"decoder\",", "\"gpt2\",", StringComparison.Ordinal));

        Assert.Same(SingleTurnTemplate.Card, ModelFolder.Open(_folder.Path).Prompts.Template);
    }

    [Fact]
    public void Open_DamagedTokenizerConfiguration_IsNamed()
    {
        Write("tokenizer_config.json", "{");

        Assert.Contains("tokenizer_config.json", Assert.Throws<OnnxChatModelException>(() => ModelFolder.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private string Ask() => ModelFolder.Open(_folder.Path).Prompts.Template.Render([new Turn(TurnRole.User, "hi")], null).Characters;

    private void Write(string file, string content) => File.WriteAllText(_folder[file], content);
}
