using System.Text.Json.Nodes;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Bot.Streaming;

/// <summary>How a reply grows in a Teams chat of two.</summary>
public sealed class TeamsStreamTests : IDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan InformsAfter = TimeSpan.FromSeconds(0.5);

    private readonly WritingChatClient _model = new();
    private readonly TestHost _host;

    public TeamsStreamTests() => _host = new TestHost { Model = _model };

    [Fact]
    public async Task Reply_ThatTakesLong_IsInformedOfThenStreamedThenWhole()
    {
        await using var channel = await FakeChannel.StartAsync();
        var turn = _host.DeliverAsync(Message(channel, "why?"));
        await _host.Time.WaitOf(InformsAfter).WaitAsync(Cancelled);
        _host.Time.Advance(InformsAfter);
        var informative = await channel.NextAsync();

        _host.Time.Advance(Interval);
        _model.Write("Because ");
        var first = await channel.NextAsync();
        _model.Write("it "); // Too soon after the last update.
        _model.Write("is ");
        _model.Write("so.");
        _model.End();
        var last = await channel.NextAsync();
        using var response = await turn;

        Assert.Equal(("typing", "informative", 1, null), Of(informative));
        Assert.Equal("Looking for an answer…", (string?)informative["text"]);
        Assert.Equal(("typing", "streaming", 2, "r1"), Of(first));
        Assert.Equal("Because", (string?)first["text"]);
        Assert.Equal(("message", "final", null, "r1"), Of(last));
        Assert.Equal("Because it is so.", (string?)last["text"]);
        Assert.True(channel.HasNothing);
        response.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Reply_ThatIsQuick_IsOneWholeMessage()
    {
        await using var channel = await FakeChannel.StartAsync();
        _model.Write("At once.");
        _model.End();

        using var response = await _host.DeliverAsync(Message(channel, "why?"));
        var only = await channel.NextAsync();

        Assert.Equal(("message", null, null, null), Of(only));
        Assert.True((bool?)only["channelData"]!["feedbackLoopEnabled"]);
        Assert.True(channel.HasNothing);
    }

    [Fact]
    public async Task Reply_StoppedByTheCustomer_EndsTheGenerationAndSaysNothingMore()
    {
        await using var channel = await FakeChannel.StartAsync();
        var turn = _host.DeliverAsync(Message(channel, "why?"));
        await _host.Time.WaitOf(InformsAfter).WaitAsync(Cancelled);
        _host.Time.Advance(Interval);
        await channel.NextAsync();
        _host.Time.Advance(Interval);
        _model.Write("Because ");
        await channel.NextAsync();

        channel.Refuses = true;
        _host.Time.Advance(Interval);
        _model.Write("it is");
        await _model.GivenUp.WaitAsync(Cancelled);
        using var response = await turn;

        response.EnsureSuccessStatusCode();
        Assert.True(channel.HasNothing);
        Assert.Contains("The customer stopped a reply.", _host.Logs.Text);
        Assert.DoesNotContain("Error:", _host.Logs.Text);
    }

    [Fact]
    public async Task Reply_ModelFailsOnTheWay_EndsTheStreamWithASentence()
    {
        await using var channel = await FakeChannel.StartAsync();
        var turn = _host.DeliverAsync(Message(channel, "why?"));
        await _host.Time.WaitOf(InformsAfter).WaitAsync(Cancelled);
        _host.Time.Advance(Interval);
        await channel.NextAsync();
        _host.Time.Advance(Interval);
        _model.Write("Because ");
        await channel.NextAsync();
        _model.Fail();
        var last = await channel.NextAsync();
        using var response = await turn;

        Assert.Equal(("message", "final", null, "r1"), Of(last));
        Assert.StartsWith("Because\n\nSorry, something went wrong", (string?)last["text"]);
    }

    [Fact]
    public async Task Reply_OverTheChannelsLimit_EndsWithWhatThereIs()
    {
        await using var channel = await FakeChannel.StartAsync();
        var turn = _host.DeliverAsync(Message(channel, "why?"));
        await _host.Time.WaitOf(InformsAfter).WaitAsync(Cancelled);
        _host.Time.Advance(Interval);
        await channel.NextAsync();
        _host.Time.Advance(Interval);
        _model.Write("Because ");
        await channel.NextAsync();

        _host.Time.Advance(TimeSpan.FromMinutes(2));
        var last = await channel.NextAsync();
        using var response = await turn;

        Assert.Equal(("message", "final", null, "r1"), Of(last));
        Assert.Equal("Because", (string?)last["text"]);
        Assert.True(_model.GivenUp.IsCompleted);
    }

    [Fact]
    public async Task Reply_InAGroup_IsWholeAndOnlyWhereTheBotIsMentioned()
    {
        await using var channel = await FakeChannel.StartAsync();
        _model.Write("Whole.");
        _model.End();
        using var ignored = await _host.DeliverAsync(Message(channel, "what do you others think?", group: true));
        Assert.True(channel.HasNothing);

        using var response = await _host.DeliverAsync(Message(channel, "<at>Bot</at> why?", group: true, mention: true));
        var reply = await channel.NextSaidAsync();

        Assert.Equal(("message", null, null, null), Of(reply));
        Assert.Equal("Whole.", (string?)reply["text"]);
        Assert.Null(reply["suggestedActions"]);
    }

    public void Dispose()
    {
        _host.Dispose();
        _model.Dispose();
    }

    private static (string? Type, string? StreamType, int? Sequence, string? StreamId) Of(JsonNode activity)
    {
        var info = activity["entities"]?.AsArray().FirstOrDefault(entity => (string?)entity!["type"] == "streaminfo");
        Assert.Equal((string?)info?["streamType"], (string?)activity["channelData"]?["streamType"]);
        return ((string?)activity["type"], (string?)info?["streamType"], (int?)info?["streamSequence"], (string?)info?["streamId"]);
    }

    private static object Message(FakeChannel channel, string text, bool group = false, bool mention = false) => new
    {
        type = "message",
        id = Guid.NewGuid().ToString("n"),
        text,
        channelId = "msteams",
        serviceUrl = channel.Url,
        from = new { id = "user" },
        recipient = new { id = "bot" },
        conversation = new { id = "c", conversationType = group ? "groupChat" : "personal", isGroup = group ? true : (bool?)null },
        entities = mention ? new[] { new { type = "mention", mentioned = new { id = "bot" }, text = "<at>Bot</at>" } } : null,
    };
}
