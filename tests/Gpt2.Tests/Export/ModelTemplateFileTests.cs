using OnnxChat.Gpt2.Export;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class ModelTemplateFileTests
{
    [Fact]
    public void Read_Prompt_IsThatOfOneQuestion() => Assert.Equal(
        new PromptTemplate("Q {user}") { System = "", Stop = ["#"] },
        Read("t.json", """{ "prompt": "Q {user}", "system": "", "stop": ["#"] }"""));

    [Fact]
    public void Read_PlainText_IsThePrompt() => Assert.Equal(new PromptTemplate("Q {user}"), Read("t.txt", "Q {user}\n"));

    [Fact]
    public void Read_ManifestWithRoles_IsAConversation()
    {
        var template = Assert.IsType<ConversationTemplate>(Read("onnxchat.json", """
            {
              "format_version": 1,
              "template": {
                "begin": "<s>",
                "roles": {
                  "system": { "prefix": "S:", "suffix": "\n" },
                  "user": { "prefix": "U:" },
                  "assistant": { "prefix": "A:", "suffix": "</s>" }
                },
                "reply": "A:", "system": "Be brief.", "stop": ["U:"]
              }
            }
            """));

        Assert.Equal(("<s>", new RoleText("S:", "\n"), "Be brief."), (template.Begin, template.System, template.DefaultSystem));
        Assert.Equal((new RoleText("U:", ""), new RoleText("A:", "</s>"), "A:"), (template.User, template.Assistant, template.Reply));
        Assert.Equal(["U:"], template.Stop);
    }

    [Fact]
    public void Read_ChatTemplate_IsJinja()
    {
        var template = Assert.IsType<JinjaTemplate>(Read("t.json", """{ "chat_template": "{{ messages }}", "stop": [] }"""));

        Assert.Equal(("{{ messages }}", null), (template.Source, template.DefaultSystem));
    }

    [Theory]
    [InlineData("chat_template.jinja")]
    [InlineData("chat.j2")]
    public void Read_JinjaFile_IsTakenAsItIs(string name) =>
        Assert.Equal("{{ messages }}\n", Assert.IsType<JinjaTemplate>(Read(name, "{{ messages }}\n")).Source);

    [Theory]
    [InlineData("{}", "none of \"prompt\", \"roles\", \"chat_template\"")]
    [InlineData("""{ "template": "x" }""", "none of")]
    [InlineData("""{ "prompt": "{user}", "chat_template": "x" }""", "\"prompt\" and \"chat_template\"; it may have one")]
    [InlineData("""{ "prompt": "{user}", "stops": [] }""", "\"stops\" is not known here; known are \"prompt\", \"system\", \"stop\"")]
    [InlineData("""{ "roles": {}, "reply": "" }""", "\"roles.user\" is missing")]
    [InlineData("""{ "roles": { "user": {} }, "reply": "" }""", "\"roles.assistant\" is missing")]
    [InlineData("""{ "roles": { "user": {}, "assistant": {} } }""", "\"reply\" is missing")]
    [InlineData("""{ "roles": { "user": {}, "assistant": {}, "tool": {} }, "reply": "" }""", "\"roles.tool\" is not known here")]
    [InlineData("""{ "roles": { "user": "U:", "assistant": {} }, "reply": "" }""", "\"roles.user\" must be an object")]
    [InlineData("""{ "roles": { "user": { "prefix": 1 }, "assistant": {} }, "reply": "" }""", "\"roles.user.prefix\" must be a text")]
    [InlineData("""{ "roles": { "user": { "before": "" }, "assistant": {} }, "reply": "" }""", "\"roles.user.before\" is not known here; known are \"prefix\", \"suffix\"")]
    [InlineData("""{ "roles": [], "reply": "" }""", "\"roles\" must be an object")]
    [InlineData("""{ "chat_template": ["x"] }""", "\"chat_template\" must be a text")]
    [InlineData("""{ "chat_template": "x", "stop": "y" }""", "\"stop\" must be a list of texts, none empty")]
    [InlineData("""{ "chat_template": "x", "stop": [""] }""", "\"stop\" must be a list of texts, none empty")]
    [InlineData("""{ "prompt": "no place" }""", "{user} 0 times")]
    public void Read_UnusableTemplate_NamesTheMember(string text, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read("t.json", text));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static ModelTemplate Read(string name, string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], text);
        return ModelTemplateFile.Read(folder[name]);
    }
}
