using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Desk;

public sealed class DeskTests : IDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TestHost _host = new();
    private readonly HttpClient _desk;

    public DeskTests() => _desk = _host.CreateClient();

    [Fact]
    public async Task Take_WaitingConversation_PersonAnswersAndTheBotIsSilentUntilItIsGivenBack()
    {
        using var client = await AskForAPersonAsync();
        var waiting = Assert.Single(await ListAsync())!;
        Assert.Equal((client.ConversationId, "en", null), ((string?)waiting["id"], (string?)waiting["language"], (string?)waiting["person"]));

        await PostAsync(client, "take", new { person = "Ann" }, HttpStatusCode.NoContent);
        await client.SayAsync("for Ann");
        await PostAsync(client, "messages", new { person = "Ann", text = " here I am " }, HttpStatusCode.NoContent);
        await PostAsync(client, "return", new { person = "Ann" }, HttpStatusCode.NoContent);
        await client.SayAsync("for the bot");
        var replies = await client.ReplyActivitiesAsync(6);

        Assert.Equal(
            ["Ann has joined the chat and will answer you from here.", "here I am", "The person has left the chat. The automatic assistant answers again.", "Answer to for the bot"],
            replies.Skip(2).Select(reply => (string?)reply["text"]));
        Assert.Equal(("person", "Ann"), ((string?)replies[3]["from"]!["id"], (string?)replies[3]["from"]!["name"]));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Request_WhileSomebodyIsAtTheDesk_SaysThatAPersonWasAsked()
    {
        await ListAsync();

        using var client = await AskForAPersonAsync();

        Assert.StartsWith("I have asked a person to join", (await client.RepliesAsync(2))[1]);
    }

    [Fact]
    public async Task Request_LongAfterTheDeskWasLeft_SaysThatNobodyIsThere()
    {
        await ListAsync();
        _host.Time.Advance(TimeSpan.FromSeconds(31));

        using var client = await AskForAPersonAsync();

        Assert.StartsWith("Nobody is at the desk", (await client.RepliesAsync(2))[1]);
    }

    [Fact]
    public async Task Take_BySeveralAtOnce_IsGivenToOne()
    {
        using var client = await AskForAPersonAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => SendAsync(client.ConversationId, "take", new { person = $"Person {number}" })));

        Assert.Single(answers, HttpStatusCode.NoContent);
        Assert.Equal(7, answers.Count(status => status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Say_InAConversationOfAnother_IsRefused()
    {
        using var client = await AskForAPersonAsync();
        await PostAsync(client, "messages", new { person = "Bob", text = "mine?" }, HttpStatusCode.Conflict);
        await PostAsync(client, "take", new { person = "Ann" }, HttpStatusCode.NoContent);
        await PostAsync(client, "messages", new { person = "Bob", text = "mine?" }, HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("take", "", null)]
    [InlineData("take", null, null)]
    [InlineData("messages", "Ann", "  ")]
    [InlineData("messages", "Ann", "LONG")]
    public async Task Post_WithoutNameOrText_400(string action, string? person, string? text)
    {
        using var client = await AskForAPersonAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(client.ConversationId, action, new { person, text = text == "LONG" ? new string('a', 4_001) : text }));
    }

    [Theory]
    [InlineData("take")]
    [InlineData("messages")]
    [InlineData("return")]
    public async Task Post_ConversationInWhichNobodyAsked_404(string action)
    {
        using var client = await DirectLineClient.StartAsync(_host);

        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(client.ConversationId, action, new { person = "Ann", text = "hello" }));
        using var read = await _desk.GetAsync(new Uri($"/desk/api/conversations/{client.ConversationId}/activities", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task Read_FromAWatermark_GivesWhatIsNew()
    {
        using var client = await AskForAPersonAsync();

        var first = await ReadAsync(client, "");
        await PostAsync(client, "take", new { person = "Ann" }, HttpStatusCode.NoContent);
        var second = await ReadAsync(client, (string)first["watermark"]!);

        Assert.Contains("Talk to a person", first["activities"]!.AsArray().Select(activity => (string?)activity!["text"]));
        Assert.Equal("Ann has joined the chat and will answer you from here.", (string?)Assert.Single(second["activities"]!.AsArray())!["text"]);
    }

    [Fact]
    public async Task List_ConversationThatIsOver_IsGone()
    {
        using var client = await AskForAPersonAsync();
        _host.Time.Advance(TimeSpan.FromHours(2));

        Assert.Empty(await ListAsync());
    }

    public void Dispose()
    {
        _desk.Dispose();
        _host.Dispose();
    }

    private async Task<DirectLineClient> AskForAPersonAsync()
    {
        var client = await DirectLineClient.StartAsync(_host, new { locale = "en-US" });
        await client.SayAsync("Talk to a person", "en-US");
        await client.RepliesAsync(2);
        return client;
    }

    private async Task<JsonArray> ListAsync() => (await _desk.GetFromJsonAsync<JsonArray>("/desk/api/conversations", Cancelled))!;

    private async Task<JsonNode> ReadAsync(DirectLineClient client, string watermark) =>
        (await _desk.GetFromJsonAsync<JsonNode>($"/desk/api/conversations/{client.ConversationId}/activities?watermark={watermark}", Cancelled))!;

    private async Task PostAsync(DirectLineClient client, string action, object body, HttpStatusCode expected) =>
        Assert.Equal(expected, await SendAsync(client.ConversationId, action, body));

    private async Task<HttpStatusCode> SendAsync(string conversationId, string action, object body)
    {
        using var response = await _desk.PostAsJsonAsync($"/desk/api/conversations/{conversationId}/{action}", body, Cancelled);
        return response.StatusCode;
    }
}
