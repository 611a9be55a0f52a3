using System.Globalization;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace OnnxChat.BotFramework.Tests.Builder;

public class BotAdapterTests
{
    private readonly QueueAdapter _adapter = new();

    [Fact]
    public async Task Send_SeveralActivities_AreAddressedAndGetIds()
    {
        var one = new Activity(ActivityTypes.Message) { Text = "one" };
        var two = new Activity(ActivityTypes.Message) { Text = "two" };

        using var context = await _adapter.RunAsync(Incoming(), (turn, token) => turn.SendActivitiesAsync([one, two], token));

        Assert.Equal(["s0", "s1"], _adapter.Sent.Select(activity => activity.Id));
        Assert.All(_adapter.Sent, activity => Assert.Equal(("a", "user", "c"), (activity.ReplyToId, activity.Recipient.Id, activity.Conversation.Id)));
        Assert.True(context.Responded);
    }

    [Fact]
    public async Task Send_TraceOnly_IsNoResponse()
    {
        using var context = await _adapter.RunAsync(Incoming(), (turn, token) => turn.SendActivityAsync(Activity.CreateTraceActivity("t"), token));

        Assert.False(context.Responded);
    }

    [Fact]
    public async Task Send_InvokeResponseWhereRepliesAreExpected_IsBufferedAndNoted()
    {
        var activity = Incoming();
        activity.DeliveryMode = DeliveryModes.ExpectReplies;
        var response = new Activity(ActivityTypesEx.InvokeResponse);

        using var context = await _adapter.RunAsync(activity, (turn, token) => turn.SendActivityAsync(response, token));

        Assert.Same(response, Assert.Single(context.BufferedReplyActivities));
        Assert.Same(response, context.TurnState.Get<Activity>(BotAdapter.InvokeResponseKey));
        Assert.Empty(_adapter.Sent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public async Task Send_EmptyText_Throws(string? text) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _adapter.RunAsync(Incoming(), (turn, token) => turn.SendActivityAsync(text, cancellationToken: token)));

    [Fact]
    public async Task OnSendActivities_Handlers_SeeAndChangeAndStopWhatIsSent()
    {
        using var context = await _adapter.RunAsync(Incoming(), async (turn, token) =>
        {
            turn.OnSendActivities(async (_, activities, next) => { activities[0].Text += "!"; return await next(); });
            turn.OnSendActivities(async (_, activities, next) => activities[0].Text == "stop!" ? [] : await next());
            await turn.SendActivityAsync("go", cancellationToken: token);
            Assert.Null((await turn.SendActivityAsync("stop", cancellationToken: token)).Id);
        });

        Assert.Equal("go!", Assert.Single(_adapter.Sent).Text);
    }

    [Fact]
    public async Task UpdateAndDelete_Handlers_RunBeforeTheAdapter()
    {
        var seen = new List<string>();
        using var context = await _adapter.RunAsync(Incoming(), async (turn, token) =>
        {
            turn.OnUpdateActivity((_, activity, next) => { seen.Add("update " + activity.Id); return next(); });
            turn.OnDeleteActivity((_, reference, next) => { seen.Add("delete " + reference.ActivityId); return next(); });
            await turn.UpdateActivityAsync(new Activity(ActivityTypes.Message) { Id = "x" }, token);
            await turn.DeleteActivityAsync("y", token);
        });

        Assert.Equal(["update x", "delete y"], seen);
        Assert.Equal("x", Assert.Single(_adapter.Updated).Id);
        Assert.Equal("y", Assert.Single(_adapter.Deleted));
    }

    [Theory]
    [InlineData("de-DE", "de-DE")]
    [InlineData("no such culture", null)]
    public async Task Run_Locale_IsTheTurnsCultureAndLeavesTheCallers(string locale, string? expected)
    {
        var before = CultureInfo.CurrentCulture;
        var activity = Incoming();
        activity.Locale = locale;
        CultureInfo? during = null;

        using var context = await _adapter.RunAsync(activity, (_, _) => { during = CultureInfo.CurrentCulture; return Task.CompletedTask; });

        Assert.Equal(expected ?? before.Name, during!.Name);
        Assert.Equal(during.Name, context.Locale);
        Assert.Equal(before, CultureInfo.CurrentCulture);
    }

    [Fact]
    public async Task Use_DisposedTurn_Throws()
    {
        var context = await _adapter.RunAsync(Incoming(), (_, _) => Task.CompletedTask);
        context.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => context.SendActivityAsync("late", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ContinueConversation_FormThatTheAdapterDoesNotOffer_SaysSo() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => _adapter.ContinueConversationAsync("b", Incoming(), (_, _) => Task.CompletedTask, TestContext.Current.CancellationToken));

    [Fact]
    public void TurnState_Values_AreFoundByTypeOrNameAndCase()
    {
        using var state = new TurnContextStateCollection();
        state.Add("Key", "value");
        state.Add(this);

        Assert.Equal("value", state.Get<string>("kEY"));
        Assert.Same(this, state.Get<BotAdapterTests>());
        Assert.Null(state.Get<BotAdapterTests>("Key"));
        Assert.Throws<ArgumentException>(() => state.Add("key", "again"));
    }

    private static Activity Incoming() => new(ActivityTypes.Message)
    {
        Id = "a",
        ChannelId = "test",
        From = new ChannelAccount("user"),
        Recipient = new ChannelAccount("bot"),
        Conversation = new ConversationAccount(id: "c"),
    };
}
