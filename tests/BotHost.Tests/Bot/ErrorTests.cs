using System.Text.RegularExpressions;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.Connector;

namespace OnnxChat.BotHost.Tests.Bot;

public sealed partial class ErrorTests
{
    [Theory]
    [InlineData("why?", "en-US", "Sorry, something went wrong")]
    [InlineData("为什么？", "zh-CN", "抱歉，出了点问题")]
    public async Task Message_ModelFails_CustomerGetsASentenceAndTheLogTheException(string text, string locale, string start)
    {
        using var host = new TestHost { Model = new ScriptedChatClient((_, _) => throw new InvalidOperationException("inner detail")) };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync(text, locale);

        var reply = (await client.RepliesAsync(2))[1];

        Assert.StartsWith(start, reply);
        Assert.DoesNotContain("inner detail", reply);
        var requestId = RequestId().Match(reply).Value;
        Assert.NotEqual("", requestId);
        Assert.Contains($"Request {requestId} failed", host.Logs.Text);
        Assert.Contains("inner detail", host.Logs.Text);
    }

    [Fact]
    public async Task Message_AfterOneThatFailed_IsAnswered()
    {
        using var host = new TestHost { Model = new ScriptedChatClient((question, _) => question == "bad" ? throw new InvalidOperationException() : Task.FromResult("good answer")) };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("bad");
        await client.SayAsync("good");

        Assert.Equal("good answer", (await client.RepliesAsync(3))[2]);
    }

    [Theory]
    [InlineData("why?", "en-US", "Your message is longer than I can take in")]
    [InlineData("为什么？", "zh-CN", "您的消息太长")]
    public async Task Message_PromptDoesNotFitTheContext_CustomerIsToldToShortenIt(string text, string locale, string start)
    {
        using var host = new TestHost { Model = new ScriptedChatClient((_, _) => throw new OnnxChatPromptTooLongException(200, 192)) };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync(text, locale);

        Assert.StartsWith(start, (await client.RepliesAsync(2))[1]);
    }

    [Theory]
    [InlineData("why?", "en-US", "Many people are asking", false)]
    [InlineData("为什么？", "zh-CN", "现在提问的人很多", false)]
    [InlineData("why?", "en-US", "Many people are asking", true)]
    public async Task Message_ModelIsBusyOrTooLate_CustomerIsAskedToTryAgain(string text, string locale, string start, bool late)
    {
        using var host = new TestHost { Model = new ScriptedChatClient((_, _) => throw (late ? new OnnxChatTimeoutException(TimeSpan.FromSeconds(9), 3) : new OnnxChatBusyException(8))) };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync(text, locale);

        Assert.StartsWith(start, (await client.RepliesAsync(2))[1]);
    }

    [Fact]
    public async Task Message_ModelTakesTooLong_CustomerIsTold()
    {
        var asked = new TaskCompletionSource();
        using var model = new ScriptedChatClient(async (_, token) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return "";
        });
        using var host = new TestHost(("OnnxChat:Turns:AttemptTimeout", "00:00:30")) { Model = model };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("slow", "en-US");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        host.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.StartsWith("Sorry, the answer took too long.", (await client.RepliesAsync(2))[1]);
    }

    [Fact]
    public async Task Message_AnyOutcome_ItsWordsAreNotLoggedAboveTrace()
    {
        using var host = new TestHost { Model = new ScriptedChatClient((question, _) => question.StartsWith("fail", StringComparison.Ordinal) ? throw new InvalidOperationException() : Task.FromResult("secret-answer")) };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("secret-question");
        await client.SayAsync("fail secret-question");
        await client.RepliesAsync(3);

        Assert.DoesNotContain("secret", host.Logs.Text);
        Assert.Contains("Answered on channel", host.Logs.Text);
    }

    [GeneratedRegex("[0-9a-f]{12}$")]
    private static partial Regex RequestId();
}
