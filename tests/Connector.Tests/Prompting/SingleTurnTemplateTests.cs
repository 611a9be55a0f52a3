using OnnxChat.Connector.Prompting;

namespace OnnxChat.Connector.Tests.Prompting;

public class SingleTurnTemplateTests
{
    [Theory]
    [InlineData("<|USER|> <|ASSISTANT|>")]
    [InlineData("{user} {user}")]
    [InlineData("{system} {user} {system}")]
    public void Constructor_TemplateWithoutExactlyOneUser_IsRefused(string prompt)
    {
        var error = Assert.Throws<OnnxChatModelException>(() => new SingleTurnTemplate(prompt, "", []));

        Assert.Contains(prompt, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_PlacesInTheTexts_AreNotFilled()
    {
        var template = new SingleTurnTemplate("S {system} U {user} A", "own", []);

        var prompt = template.Render([new Turn(TurnRole.User, "{system}")], "{user}");

        Assert.Equal("S {user} U {system} A", prompt.Characters);
        Assert.Equal(["{user}", "{system}"], prompt.Pieces.Where(p => p.Quoted).Select(p => p.Text));
    }

    [Fact]
    public void Render_History_TakesTheLastMessageOnly()
    {
        var prompt = new SingleTurnTemplate("{user}", "", []).Render([new Turn(TurnRole.User, "a"), new Turn(TurnRole.Assistant, "b"), new Turn(TurnRole.User, "c")], null);

        Assert.Equal("c", prompt.Characters);
    }
}
