using Microsoft.Extensions.AI;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Chat;

/// <summary>A graph that no import wrote: logits for every position, and nothing said of padding.</summary>
public class ForeignGraphTests
{
    private const string Template = """{"prompt":"<|SYSTEM|> {system} <|USER|> {user} <|ASSISTANT|>","system":"You are a helpful AI designed to answer questions","stop":["<|"]}""";

    [Theory]
    [InlineData("", 1)]
    [InlineData(""","batch_rows":12""", 12)]
    public async Task GetResponse_TwelveQuestionsAtOnce_GivesTheReferenceReplies(string rows, int expectedRows)
    {
        using var folder = Write(rows);
        using var service = new OnnxChatService(folder.Path);

        var questions = StarterModel.Questions();
        var replies = await Task.WhenAll(questions.Select(q => service.GetResponseAsync(q.User, new ChatOptions { Temperature = 0 }, TestContext.Current.CancellationToken)));

        Assert.Equal(expectedRows, ModelFolder.Open(folder.Path).MaxRows);
        Assert.Equal(questions.Select(q => q.Reply), replies.Select(r => r.Text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public void Open_BatchRowsOutOfRange_IsRefused(int rows)
    {
        using var folder = Write($",\"batch_rows\":{rows}");

        var error = Assert.Throws<OnnxChatModelException>(() => ModelFolder.Open(folder.Path));

        Assert.Contains("batch_rows", error.Message, StringComparison.Ordinal);
    }

    private static TemporaryFolder Write(string rows)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(StarterModel.Folder))
            File.Copy(file, folder[Path.GetFileName(file)]);
        UnprunedGraph.Write(folder["model.onnx"]);
        // The template stays; that an import made the graph is no longer true.
        File.WriteAllText(folder["onnxchat.json"], """{"format_version":1,"template":""" + Template + rows + "}");
        return folder;
    }
}
