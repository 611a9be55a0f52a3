using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Privacy;
using OnnxChat.BotHost.Review;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Privacy;

/// <summary>Deletion of a conversation on request.</summary>
public sealed class ForgetTests : IDisposable
{
    private const string Secret = "my grandmother's violin";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Delete_ConversationWithNotesAndAPerson_NoFileHasAWordOfItAndOthersStay()
    {
        using var host = Host();
        using var one = await NotedAsync(host, Secret);
        using var other = await NotedAsync(host, "the other one's boots");
        Assert.True(await IsInFilesAsync(Secret));

        Assert.InRange(await DeleteAsync(host, "webchat", one.ConversationId), 5, 20);

        Assert.False(await IsInFilesAsync(Secret));
        Assert.True(await IsInFilesAsync("the other one's boots"));
        using var read = await one.SendAsync(HttpMethod.Get, $"conversations/{one.ConversationId}/activities");
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.Null(await host.Services.GetRequiredService<IHandOffs>().FindAsync(new HandOffKey("webchat", one.ConversationId), Cancelled));
        Assert.NotEmpty((await other.ReadAsync()).Activities);
    }

    [Fact]
    public async Task Delete_Twice_SecondFindsNothing()
    {
        using var host = Host();
        using var client = await NotedAsync(host, Secret);

        Assert.NotEqual(0, await DeleteAsync(host, "webchat", client.ConversationId));
        Assert.Equal(0, await DeleteAsync(host, "webchat", client.ConversationId));
    }

    [Fact]
    public async Task Delete_OtherChannelWithTheSameId_LeavesTheConversation()
    {
        using var host = Host();
        using var client = await NotedAsync(host, Secret);

        Assert.Equal(0, await DeleteAsync(host, "msteams", client.ConversationId));

        Assert.True(await IsInFilesAsync(Secret));
    }

    [Fact]
    public async Task Delete_ConversationOnAChannel_ItsTranscriptAndNotesGo()
    {
        const string Id = "19:meeting/1@thread.v2";
        using var host = Host(new ScriptedChatClient((_, _) => Task.FromResult("")));
        await using var channel = await FakeChannel.StartAsync();
        using var said = await host.DeliverAsync(new
        {
            type = "message",
            id = "1",
            text = Secret,
            locale = "en-US",
            channelId = "omnichannel",
            serviceUrl = channel.Url,
            from = new { id = "c" },
            recipient = new { id = "b" },
            conversation = new { id = Id },
        });
        await channel.NextSaidAsync();
        var transcripts = host.Services.GetRequiredService<HostTranscripts>();
        Assert.NotEmpty(await transcripts.OfAsync(new HandOffKey("omnichannel", Id)));
        Assert.True(await IsInFilesAsync(Secret));

        await DeleteAsync(host, "omnichannel", Id);

        Assert.Empty(await transcripts.OfAsync(new HandOffKey("omnichannel", Id)));
        Assert.False(await IsInFilesAsync(Secret));
    }

    [Fact]
    public async Task Delete_RatingComesLater_NotesNothing()
    {
        using var host = Host();
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync(Secret, "en-US");
        var reply = (await client.ReplyActivitiesAsync(2))[1];
        var key = new HandOffKey("webchat", client.ConversationId);
        var unrated = host.Services.GetRequiredService<HostUnratedReplies>();
        Assert.NotNull(await unrated.FindAsync(key, (string?)reply["id"]));

        await DeleteAsync(host, "webchat", client.ConversationId);

        Assert.Null(await unrated.FindAsync(key, (string?)reply["id"]));
    }

    [Fact]
    public async Task Delete_WhileTheBotAnswers_EndsTheTurn()
    {
        var asked = new TaskCompletionSource();
        var givenUp = new TaskCompletionSource();
        using var host = Host(new ScriptedChatClient(async (_, cancellationToken) =>
        {
            asked.SetResult();
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }
            finally
            {
                givenUp.SetResult();
            }

            return "";
        }));
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync(Secret);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        await DeleteAsync(host, "webchat", client.ConversationId);

        await givenUp.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
    }

    [Fact]
    public async Task Delete_LineThatWasCutOff_GoesToo()
    {
        using var host = Host();
        using var one = await NotedAsync(host, Secret);
        using var other = await NotedAsync(host, "the other one's boots");
        await File.AppendAllTextAsync(Directory.GetFiles(_folder.Path, "review-*").Single(), $$"""{"day":"2026-03-01","kind":"person","question":"{{Secret}}""", Cancelled);

        await DeleteAsync(host, "webchat", one.ConversationId);

        Assert.False(await IsInFilesAsync(Secret));
        Assert.True(await IsInFilesAsync("the other one's boots"));
    }

    [Fact]
    public async Task Delete_AStoreFails_OthersDoTheirPartAndTheAnswerSaysSo()
    {
        using var host = Host();
        using var failing = host.WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services.Insert(0, ServiceDescriptor.Singleton<IConversationData, FullDisk>())));
        using var http = failing.CreateClient();
        var folder = failing.Services.GetRequiredService<ReviewFolder>();
        await folder.AppendAsync(new HandOffKey("webchat", "one"), ReviewKind.Unanswered, "en", Secret, null, Cancelled);

        using var response = await http.DeleteAsync(new Uri("/api/privacy/conversations?channelId=webchat&conversationId=one", UriKind.Relative), Cancelled);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("not all could be", (string?)(await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["error"]);
        Assert.False(await IsInFilesAsync(Secret));
        Assert.Contains(nameof(FullDisk), host.Logs.Text);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("?channelId=webchat", HttpStatusCode.BadRequest)]
    [InlineData("?channelId=&conversationId=x", HttpStatusCode.BadRequest)]
    [InlineData("?channelId=webchat&conversationId=x", HttpStatusCode.OK)]
    public async Task Delete_ConversationIsNotSaid_400(string query, HttpStatusCode expected)
    {
        using var host = Host();
        using var http = host.CreateClient();

        using var response = await http.DeleteAsync(new Uri("/api/privacy/conversations" + query, UriKind.Relative), Cancelled);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7", HttpStatusCode.Forbidden)]
    [InlineData("Host", "bot.example.org", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    public async Task Delete_NotFromThisMachineItself_IsRefused(string header, string value, HttpStatusCode expected)
    {
        using var host = Host();
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/privacy/conversations?channelId=webchat&conversationId=x");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await http.SendAsync(request, Cancelled);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Delete_DeskHasAKeyAndNoneIsGiven_401()
    {
        using var host = new TestHost(("OnnxChat:Desk:AccessKey", "0123456789abcdef"));
        using var http = host.CreateClient();

        using var response = await http.DeleteAsync(new Uri("/api/privacy/conversations?channelId=webchat&conversationId=x", UriKind.Relative), Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    public void Dispose() => _folder.Dispose();

    private TestHost Host(ScriptedChatClient? model = null) => new(("OnnxChat:Review:Folder", _folder.Path)) { Model = model ?? new ScriptedChatClient() };

    // A conversation in which a person has replied, which is noted.
    private static async Task<DirectLineClient> NotedAsync(TestHost host, string question)
    {
        var client = await DirectLineClient.StartAsync(host);
        using var desk = host.CreateClient();
        await client.SayAsync(question, "en-US");
        await client.SayAsync("talk to a person", "en-US");
        await client.RepliesAsync(3);
        foreach (var (action, body) in new (string, object)[] { ("take", new { person = "Ann" }), ("messages", new { person = "Ann", text = $"I know about {question}." }) })
        {
            using var done = await desk.PostAsJsonAsync($"/desk/api/conversations/{client.ConversationId}/{action}", body, Cancelled);
            done.EnsureSuccessStatusCode();
        }

        return client;
    }

    private static async Task<int> DeleteAsync(TestHost host, string channel, string conversation)
    {
        using var http = host.CreateClient();
        using var response = await http.DeleteAsync(
            new Uri($"/api/privacy/conversations?channelId={channel}&conversationId={Uri.EscapeDataString(conversation)}", UriKind.Relative), Cancelled);
        response.EnsureSuccessStatusCode();
        return (int)(await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["deleted"]!;
    }

    private async Task<bool> IsInFilesAsync(string text)
    {
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            if ((await File.ReadAllTextAsync(file, Cancelled)).Contains(text, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private sealed class FullDisk : IConversationData
    {
        public Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken) => throw new IOException("The disk is full.");
    }
}
