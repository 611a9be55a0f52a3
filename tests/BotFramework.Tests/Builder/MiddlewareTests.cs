using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Time.Testing;

namespace OnnxChat.BotFramework.Tests.Builder;

public class MiddlewareTests
{
    private readonly QueueAdapter _adapter = new();

    [Fact]
    public async Task ShowTyping_LongTurn_SendsTypingUntilTheAnswer()
    {
        var time = new FakeTimeProvider();
        _adapter.Use(new ShowTypingMiddleware(500, 2_000, time));

        using var context = await _adapter.RunAsync(Message(), async (turn, token) =>
        {
            time.Advance(TimeSpan.FromMilliseconds(499));
            Assert.Empty(_adapter.Sent);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.False(turn.Responded);
            await turn.SendActivityAsync("answer", cancellationToken: token);
        });
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["typing", "message"], _adapter.Sent.Select(activity => activity.Type));
        Assert.Equal("c", _adapter.Sent[0].Conversation.Id);
    }

    [Fact]
    public async Task ShowTyping_AnotherActivity_SendsNone()
    {
        var time = new FakeTimeProvider();
        _adapter.Use(new ShowTypingMiddleware(0, 1, time));

        using var context = await _adapter.RunAsync(new Activity(ActivityTypes.Event), (_, _) => { time.Advance(TimeSpan.FromMinutes(1)); return Task.CompletedTask; });

        Assert.Empty(_adapter.Sent);
    }

    [Fact]
    public async Task Transcript_Turn_IsLoggedInOrderAsCopies()
    {
        var logger = new ListLogger();
        _adapter.Use(new TranscriptLoggerMiddleware(logger));

        using var context = await _adapter.RunAsync(Message(), async (turn, token) =>
        {
            var sent = await turn.SendActivityAsync("answer", cancellationToken: token);
            await turn.UpdateActivityAsync(new Activity(ActivityTypes.Message) { Id = sent.Id, Text = "better" }, token);
            await turn.DeleteActivityAsync(sent.Id, token);
            turn.Activity.Text = "changed after";
        });

        Assert.Equal(["message", "message", "messageUpdate", "messageDelete"], logger.Logged.Select(activity => activity.Type));
        Assert.Equal(["question", "answer", "better"], logger.Logged.Take(3).Select(activity => ((Activity)activity).Text));
        Assert.Equal(RoleTypes.User, logger.Logged[0].From.Role);
    }

    [Fact]
    public async Task Transcript_LoggerFails_TurnStillEndsWell()
    {
        _adapter.Use(new TranscriptLoggerMiddleware(new ListLogger { Fails = true }));

        using var context = await _adapter.RunAsync(Message(), (turn, token) => turn.SendActivityAsync("answer", cancellationToken: token));

        Assert.Single(_adapter.Sent);
    }

    private static Activity Message() => new("message") { Id = "a", Text = "question", From = new ChannelAccount("u"), Recipient = new ChannelAccount("b"), Conversation = new ConversationAccount(id: "c") };

    private sealed class ListLogger : ITranscriptLogger
    {
        public bool Fails { get; init; }

        public List<IActivity> Logged { get; } = [];

        public Task LogActivityAsync(IActivity activity)
        {
            Logged.Add(activity);
            return Fails ? throw new InvalidOperationException("no disk") : Task.CompletedTask;
        }
    }
}
