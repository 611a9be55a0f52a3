using Microsoft.Extensions.AI;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Chat;

/// <summary>A graph that no import wrote: logits for every position, and nothing known of padding.</summary>
public class ForeignGraphTests
{
    [Fact]
    public async Task GetResponse_TwelveQuestionsAtOnce_GivesTheReferenceReplies()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(StarterModel.Folder))
            File.Copy(file, folder[Path.GetFileName(file)]);
        UnprunedGraph.Write(folder["model.onnx"]);
        // The template stays; that an import made the graph is no longer true.
        await File.WriteAllTextAsync(folder["onnxchat.json"], """{"format_version":1,"template":{"prompt":"<|SYSTEM|> {system} <|USER|> {user} <|ASSISTANT|>","system":"You are a helpful AI designed to answer questions","stop":["<|"]}}""", TestContext.Current.CancellationToken);
        using var service = new OnnxChatService(folder.Path);

        var questions = StarterModel.Questions();
        var replies = await Task.WhenAll(questions.Select(q => service.GetResponseAsync(q.User, new ChatOptions { Temperature = 0 }, TestContext.Current.CancellationToken)));

        Assert.Equal(questions.Select(q => q.Reply), replies.Select(r => r.Text));
    }
}
