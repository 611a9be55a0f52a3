using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OnnxChat.Connector.Plugin;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Plugin;

public sealed class TopicListTests : IDisposable
{
    // A folder of its own, in which no calibration names topics.
    private readonly ChatMLFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ListTopics_FolderNamesThem_ListsThoseOfTheLanguage()
    {
        Write("""[{"name": "Returns", "language": "en", "description": "How and until when"}, {"name": "退货", "language": "zh-Hans"}, {"name": "Anything"}]""");
        await using var service = new OnnxChatService(_folder.Path);

        var all = await ListAsync(service);
        var english = await ListAsync(service, "en-GB");

        Assert.Equal((TopicSource.ModelFolder, 0), (all.Source, all.Omitted));
        Assert.Equal([("Returns", "en", "How and until when"), ("退货", "zh-Hans", null), ("Anything", null, null)], all.Topics.Select(t => (t.Name, t.Language, t.Description)));
        Assert.Equal(["Returns", "Anything"], english.Topics.Select(t => t.Name));
    }

    [Fact]
    public async Task ListTopics_OnlyKnownQuestions_ListsHowAnswersBegin()
    {
        using var folder = KnownQuestions();
        await using var service = new OnnxChatService(folder.Path);

        var english = await ListAsync(service, "en");
        var chinese = await ListAsync(service, "zh");

        Assert.Equal(TopicSource.KnownAnswers, english.Source);
        Assert.InRange(english.Topics.Count, 30, 100);
        Assert.Contains(chinese.Topics, topic => StarterModel.Answer.StartsWith(topic.Name, StringComparison.Ordinal));
        Assert.Equal(english.Topics.Count, english.Topics.Select(t => t.Name).Distinct().Count());
        // What the service declines is no topic.
        Assert.DoesNotContain(english.Topics, topic => topic.Name.StartsWith("I am sorry, I can only help", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListTopics_MoreThanTheLimit_CountsTheOthers()
    {
        Write("""[{"name": "a"}, {"name": "b"}, {"name": "c"}]""");
        await using var service = new OnnxChatService(_folder.Path);

        var list = await ListAsync(service, options: new CustomerServiceOptions { MaxTopics = 2 });

        Assert.Equal(["a", "b"], list.Topics.Select(t => t.Name));
        Assert.Equal(1, list.Omitted);
    }

    [Fact]
    public async Task ListTopics_NothingIsKnown_SaysSo()
    {
        await using var service = new OnnxChatService(_folder.Path);

        var list = await ListAsync(service);

        Assert.Equal(TopicSource.Unknown, list.Source);
        Assert.Empty(list.Topics);
    }

    [Fact]
    public async Task ListTopics_BehindMiddleware_AreKnown()
    {
        Write("""[{"name": "Returns"}]""");
        using var chat = new OnnxChatService(_folder.Path).AsBuilder().UseOpenTelemetry().Build();

        Assert.Single((await ListAsync(chat)).Topics);
    }

    [Fact]
    public async Task Load_TopicWithoutAName_IsRefusedWithTheRemedy()
    {
        Write("""[{"name": "Returns"}, {"name": " "}]""");
        await using var service = new OnnxChatService(_folder.Path);

        var error = await Assert.ThrowsAsync<OnnxChatModelException>(() => service.LoadAsync(Cancel));

        Assert.Contains("entry 1 of \"topics\" has no name", error.Message, StringComparison.Ordinal);
    }

    private static async Task<CustomerServiceTopicList> ListAsync(IChatClient chat, string? language = null, CustomerServiceOptions? options = null)
    {
        var result = await CustomerServiceTools.Create(chat, options)[1].InvokeAsync(new() { ["language"] = language }, Cancel);
        return Assert.IsType<JsonElement>(result).Deserialize<CustomerServiceTopicList>(AIJsonUtilities.DefaultOptions)!;
    }

    /// <summary>The starter with its index, without topics.</summary>
    private static Testing.TemporaryFolder KnownQuestions()
    {
        var folder = new Testing.TemporaryFolder();
        foreach (var file in Directory.GetFiles(StarterModel.Folder))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var manifest = JsonNode.Parse(File.ReadAllBytes(folder["onnxchat.json"]))!.AsObject();
        manifest.Remove("topics");
        File.WriteAllText(folder["onnxchat.json"], manifest.ToJsonString());
        return folder;
    }

    private void Write(string topics) => File.WriteAllText(_folder["onnxchat.json"], $$"""{"format_version": 1, "topics": {{topics}}}""");
}
