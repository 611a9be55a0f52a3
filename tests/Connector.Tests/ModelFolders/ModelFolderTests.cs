using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.ModelFolders;

public class ModelFolderTests
{
    [Fact]
    public void Open_StarterModel_ReadsItsTemplateAndSettings()
    {
        var folder = ModelFolder.Open(StarterModel.Folder);

        Assert.Equal("trailhaven-starter", folder.Name);
        Assert.EndsWith("<|ASSISTANT|>", Assert.IsType<SingleTurnTemplate>(folder.Prompts.Template).Prompt, StringComparison.Ordinal);
        Assert.Equal((192, 4096, 50, 0.3, 1.0), (folder.Configuration.ContextLength, folder.Configuration.VocabularySize, folder.Configuration.TopK, folder.Configuration.TopP, folder.Configuration.Temperature));
        Assert.Contains(StarterModel.End, folder.Configuration.EndTokens);
        Assert.Equal(32, folder.MaxRows);
    }

    [Fact]
    public void Open_WithoutManifest_TakesTheCardsTemplateAndTheFoldersName()
    {
        using var copy = Copy();
        File.Delete(copy["onnxchat.json"]);

        var folder = ModelFolder.Open(copy.Path);

        Assert.EndsWith("<|ASSISTANT|> ", Assert.IsType<SingleTurnTemplate>(folder.Prompts.Template).Prompt, StringComparison.Ordinal);
        Assert.Equal(Path.GetFileName(copy.Path), folder.Name);
    }

    [Theory]
    [InlineData("genai_config.json")]
    [InlineData("model.onnx")]
    [InlineData("tokenizer.json")]
    public void Open_FileMissing_NamesFolderFileAndRemedy(string file)
    {
        using var copy = Copy();
        File.Delete(copy[file]);

        var error = Assert.Throws<OnnxChatModelException>(() => ModelFolder.Open(copy.Path));

        Assert.Contains(copy.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("onnxchat import", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("genai_config.json", "{ nope")]
    [InlineData("genai_config.json", "[]")]
    [InlineData("genai_config.json", "{}")]
    [InlineData("tokenizer.json", "")]
    [InlineData("tokenizer.json", """{"model":{"type":"WordPiece"}}""")]
    [InlineData("tokenizer.json", """{"model":{"vocab":{"a":"x"},"merges":[]}}""")]
    [InlineData("onnxchat.json", "{")]
    [InlineData("onnxchat.json", "{}")]
    [InlineData("onnxchat.json", """{"format_version":2}""")]
    [InlineData("onnxchat.json", """{"format_version":1,"template":{"prompt":"{user}"}}""")]
    [InlineData("onnxchat.json", """{"format_version":1,"template":{"prompt":"no place","system":"","stop":[]}}""")]
    public void Open_FileDamaged_IsOneClearError(string file, string content)
    {
        using var copy = Copy();
        File.WriteAllText(copy[file], content);

        var error = Assert.Throws<OnnxChatModelException>(() => ModelFolder.Open(copy.Path));

        Assert.True(error.Message.Contains(file, StringComparison.Ordinal), error.Message);
    }

    private static TemporaryFolder Copy()
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(StarterModel.Folder))
            File.Copy(file, copy[Path.GetFileName(file)]);
        return copy;
    }
}
