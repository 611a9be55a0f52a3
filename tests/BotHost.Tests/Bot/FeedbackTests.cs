using System.Net;
using System.Net.Http.Json;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Bot;

public sealed class FeedbackTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("like", """{"feedbackText":"secret words"}""", "finds a reply good: r9, with 12 characters")]
    [InlineData("dislike", """{"feedbackText":""}""", "finds a reply bad: r9, with 0 characters")]
    [InlineData("like", "secret as it is", "finds a reply good: r9, with 15 characters")]
    [InlineData("like", "{not json", "finds a reply good: r9, with 0 characters")]
    public async Task Invoke_FeedbackInTeams_IsNotedWithoutItsWords(string reaction, string comment, string logged)
    {
        using var host = new TestHost();

        Assert.Equal(HttpStatusCode.OK, await InvokeAsync(host, new { actionName = "feedback", actionValue = new { reaction, feedback = comment } }));

        Assert.Contains(logged, host.Logs.Text);
        Assert.DoesNotContain("secret", host.Logs.Text);
    }

    [Fact]
    public async Task Invoke_OtherActionInTeams_501()
    {
        using var host = new TestHost();

        Assert.Equal(HttpStatusCode.NotImplemented, await InvokeAsync(host, new { actionName = "other" }));
        Assert.Equal(HttpStatusCode.NotImplemented, await InvokeAsync(host, "text"));
        Assert.Equal(HttpStatusCode.NotImplemented, await InvokeAsync(host, new { actionName = "feedback", actionValue = new { reaction = 7 } }));
    }

    [Theory]
    [InlineData(0, "good")]
    [InlineData(1, "bad")]
    public async Task Event_FeedbackInWebChat_NamesTheQuestion(int action, string verdict)
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        var question = await client.SayAsync("why?");
        var reply = (await client.ReplyActivitiesAsync(2))[1];
        var message = Assert.Single(reply["entities"]!.AsArray())!;
        Assert.Equal("AIGeneratedContent", (string?)message["additionalType"]![0]);
        // Web Chat sends the action of the thumb that was pressed.
        using var posted = await client.PostAsync(new { type = "event", name = "webchat:activity-status/feedback", entities = new[] { message["potentialAction"]![action] } });
        await client.SayAsync("next");
        await client.RepliesAsync(3);

        Assert.Contains($"finds a reply {verdict}: {question}", host.Logs.Text);
    }

    [Fact]
    public async Task Reply_NotTheModels_BearsNoLabel()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("help");

        var help = (await client.ReplyActivitiesAsync(2))[1];

        Assert.Equal(0, help["entities"]?.AsArray().Count ?? 0);
    }

    [Fact]
    public async Task Reply_FeedbackTurnedOff_IsLabelledOnly()
    {
        using var host = new TestHost(("OnnxChat:Bot:AskForFeedback", "false"));
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("why?");

        var message = Assert.Single((await client.ReplyActivitiesAsync(2))[1]["entities"]!.AsArray())!;

        Assert.Null(message["potentialAction"]);
        Assert.NotNull(message["additionalType"]);
    }

    private static async Task<HttpStatusCode> InvokeAsync(TestHost host, object value)
    {
        using var http = host.CreateClient();
        using var response = await http.PostAsJsonAsync(
            "/api/messages",
            new
            {
                type = "invoke",
                id = Guid.NewGuid().ToString("n"),
                name = "message/submitAction",
                value,
                replyToId = "r9",
                channelId = "msteams",
                serviceUrl = "http://localhost:1/",
                from = new { id = "user" },
                recipient = new { id = "bot" },
                conversation = new { id = "c" },
            },
            Cancelled);
        return response.StatusCode;
    }
}
