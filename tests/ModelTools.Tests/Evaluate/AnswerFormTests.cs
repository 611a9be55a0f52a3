using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Prompting;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Evaluate.Models;
using OnnxChat.ModelTools.Tests.Fixtures;

namespace OnnxChat.ModelTools.Tests.Evaluate;

public class AnswerFormTests(TinyModels models) : IClassFixture<TinyModels>
{
    private const int End = 1001;

    [Theory]
    [InlineData("<|USER|> {user} <|ASSISTANT|>", " {assistant} <|End|>")]
    [InlineData("<|USER|> {user} <|ASSISTANT|> ", "{assistant} <|End|>")]
    public void Text_Default_HasOneSpaceBeforeTheAnswer(string prompt, string expected) =>
        Assert.Equal(expected, new AnswerForm(null, Folder(prompt), prompt).Text);

    [Fact]
    public void Encode_MarkerInTheAnswer_StaysText()
    {
        var folder = Folder("{user}");

        var tokens = new AnswerForm(" {assistant}<|End|>", folder, "{user}").Encode("a <|End|> {assistant}");

        Assert.Equal([.. folder.Tokenizer.Encode(" a <|End|> {assistant}"), End], tokens);
        Assert.Single(tokens, End);
    }

    [Theory]
    [InlineData("no place")]
    [InlineData("{assistant}{assistant}")]
    public void Create_PlaceMissingOrTwice_IsRefused(string form)
    {
        var error = Assert.Throws<UserException>(() => new AnswerForm(form, Folder("{user}"), "{user}"));

        Assert.Contains(form, error.Message, StringComparison.Ordinal);
    }

    private ModelFolder Folder(string prompt)
    {
        var folder = ModelFolder.Open(models.FolderOfFloats);
        return folder with { Prompts = new PromptBuilder(new SingleTurnTemplate(prompt, "", []), folder.Tokenizer) };
    }
}
