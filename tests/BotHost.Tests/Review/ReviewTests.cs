using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.BotHost.Review;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Review;

public sealed class ReviewTests : IDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Rated_ReplyInWebChat_IsNotedWithoutWhoAskedOrTheirNumbers()
    {
        using var host = Host();
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("where is order 12345678?", "en-US");
        var reply = (await client.ReplyActivitiesAsync(2))[1];

        await RateAsync(client, reply["entities"]![0]!["potentialAction"]![1]!);

        var note = Assert.Single(Notes())!;
        Assert.Equal(
            ("2026-03-01", "rated_bad", "en", "where is order <number>?", "Answer to where is order <number>?"),
            ((string?)note["day"], (string?)note["kind"], (string?)note["language"], (string?)note["question"], (string?)note["answer"]));
        Assert.DoesNotContain(client.ConversationId, note.ToJsonString());
    }

    [Fact]
    public async Task Rated_ByAnotherConversation_IsNotNoted()
    {
        using var host = Host();
        using var one = await DirectLineClient.StartAsync(host);
        await one.SayAsync("why?");
        var reply = (await one.ReplyActivitiesAsync(2))[1];
        using var other = await DirectLineClient.StartAsync(host);

        await RateAsync(other, reply["entities"]![0]!["potentialAction"]![0]!);

        Assert.Empty(Notes());
    }

    [Fact]
    public async Task Unanswered_Question_IsNoted()
    {
        using var host = Host(new ScriptedChatClient((_, _) => Task.FromResult("")));
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("月亮上有货吗", "zh-CN");
        await client.RepliesAsync(2);

        var note = Assert.Single(Notes())!;

        Assert.Equal(("unanswered", "zh-Hans", "月亮上有货吗", null), ((string?)note["kind"], (string?)note["language"], (string?)note["question"], (string?)note["answer"]));
    }

    [Fact]
    public async Task Person_Replies_IsNotedWithTheQuestionBefore()
    {
        using var host = Host();
        using var client = await DirectLineClient.StartAsync(host);
        using var desk = host.CreateClient();
        await client.SayAsync("do you fix old boots?", "en-US");
        await client.SayAsync("talk to a person", "en-US");
        await client.RepliesAsync(3);
        using var taken = await desk.PostAsJsonAsync($"/desk/api/conversations/{client.ConversationId}/take", new { person = "Ann" }, Cancelled);

        using var said = await desk.PostAsJsonAsync($"/desk/api/conversations/{client.ConversationId}/messages", new { person = "Ann", text = "Yes, bring them to a shop." }, Cancelled);

        said.EnsureSuccessStatusCode();
        var note = Assert.Single(Notes())!;
        Assert.Equal(("person", "do you fix old boots?", "Yes, bring them to a shop."), ((string?)note["kind"], (string?)note["question"], (string?)note["answer"]));
    }

    [Fact]
    public async Task Retention_DaysAreOver_FilesGoAndOthersStay()
    {
        foreach (var name in (string[])["review-2026-01-30.jsonl", "review-2026-01-31.jsonl", "mine.jsonl"])
            await File.WriteAllTextAsync(_folder[name], "{}\n", Cancelled);

        using var host = Host();
        var folder = host.Services.GetRequiredService<ReviewFolder>();
        await host.Time.WaitOf(TimeSpan.FromHours(1)).WaitAsync(Cancelled);
        folder.ForgetOld();
        Assert.Equal(["mine.jsonl", "review-2026-01-31.jsonl"], Files());

        host.Time.Advance(TimeSpan.FromHours(24));
        folder.ForgetOld();

        Assert.Equal(["mine.jsonl"], Files());
    }

    [Fact]
    public async Task Rated_ReviewIsOff_NothingIsKept()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("why?");
        var reply = (await client.ReplyActivitiesAsync(2))[1];

        await RateAsync(client, reply["entities"]![0]!["potentialAction"]![0]!);

        Assert.Empty(Files());
    }

    public void Dispose() => _folder.Dispose();

    private TestHost Host(ScriptedChatClient? model = null) => new(("OnnxChat:Review:Folder", _folder.Path)) { Model = model ?? new ScriptedChatClient() };

    // A rating has no reply; the turn of the next message comes after it.
    private static async Task RateAsync(DirectLineClient client, JsonNode action)
    {
        using var posted = await client.PostAsync(new { type = "event", name = "webchat:activity-status/feedback", entities = new[] { action } });
        var id = await client.SayAsync("help");
        await client.WaitForAsync(activities => activities.Any(activity => (string?)activity["replyToId"] == id && (string?)activity["type"] == "message"));
    }

    private List<string?> Files() => [.. Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order()];

    private List<JsonNode?> Notes() => [.. Directory.EnumerateFiles(_folder.Path, "review-*").SelectMany(File.ReadAllLines).Select(line => JsonNode.Parse(line))];
}
