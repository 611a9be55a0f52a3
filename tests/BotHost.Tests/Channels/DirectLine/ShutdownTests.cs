using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Tests.Channels.DirectLine;

public sealed class ShutdownTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopping_TurnsWait_AreAnsweredFirstAndNothingNewIsTaken()
    {
        var asked = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        using var model = new ScriptedChatClient(async (question, token) =>
        {
            asked.TrySetResult();
            await release.Task.WaitAsync(token);
            return $"Answer to {question}";
        });
        using var host = new TestHost { Model = model };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("running");
        await client.SayAsync("waiting");
        await asked.Task.WaitAsync(Cancelled);

        var stopping = host.Services.GetRequiredService<TurnWorkers>().StoppingAsync(Cancelled);
        using var refused = await client.PostAsync(new { type = "message", text = "new" });
        var waited = !stopping.IsCompleted;
        release.SetResult();
        await stopping;
        var replies = await client.RepliesAsync(3);

        Assert.True(waited);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(["Answer to running", "Answer to waiting"], replies.Skip(1));
    }

    [Fact]
    public async Task Stopping_OutOfTime_CancelsTheTurn()
    {
        var asked = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        using var model = new ScriptedChatClient(async (_, token) =>
        {
            asked.SetResult();
            await using var registration = token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            return "";
        });
        using var host = new TestHost { Model = model };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("running");
        await asked.Task.WaitAsync(Cancelled);
        var turns = host.Services.GetRequiredService<TurnWorkers>();

        await turns.StoppingAsync(new CancellationToken(canceled: true));
        await turns.StopAsync(Cancelled);

        Assert.True(cancelled.Task.IsCompletedSuccessfully);
    }
}
