using Microsoft.Playwright;
using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.Browser;

public sealed class WebChatTests(StarterHost host, ChromiumBrowser browser)
{
    private const string PersonWanted = "can i talk to a person";

    [Fact]
    public async Task Ask_EachQuestion_ShowsTheReferenceReplyInOrder()
    {
        await using var watched = await browser.OpenAsync(host.Address);
        var page = new HostPage(watched.Page);
        var chat = page.Chat;
        await chat.ExpectAsync(0, "Hello, I am OnnxChat. Ask me a question and I will do my best to answer it. Type 'help' to see what I can do.");
        var replies = 0;

        // Who asks for a person gets one, not the model.
        foreach (var (question, reply) in StarterConversation.All.Where(conversation => conversation.Question != PersonWanted))
        {
            await chat.AskAsync(question);
            await chat.ExpectAsync(++replies, reply);
        }

        Assert.Equal(replies + 1, await chat.CountRepliesAsync());
        await Assertions.Expect(page.Status).ToHaveTextAsync("Online");
        Assert.Empty(watched.Objections);
    }

    [Fact]
    public async Task Open_ChineseBrowser_WelcomesAndAnswersInChinese()
    {
        await using var watched = await browser.OpenAsync(host.Address, "zh-CN");
        var page = new HostPage(watched.Page);
        var chat = page.Chat;
        var conversation = StarterConversation.About("怎么退货？");

        var welcome = await chat.ReplyAsync(0);
        await chat.AskAsync(conversation.Question);

        Assert.Equal("您好，我是OnnxChat。请直接提问，我会尽力回答。输入“帮助”可以了解我能做什么。", welcome);
        await chat.ExpectAsync(1, conversation.Reply);
        await Assertions.Expect(page.Status).ToHaveTextAsync("在线");
        await Assertions.Expect(page.Note).ToHaveTextAsync("回答由自动助手生成，可能有误。");
        Assert.Empty(watched.Objections);
    }

    [Fact]
    public async Task Rate_ThumbUp_ReachesTheHost()
    {
        await using var watched = await browser.OpenAsync(host.Address);
        var chat = new HostPage(watched.Page).Chat;
        await chat.ReplyAsync(0);
        await chat.AskAsync("hello");
        await chat.ReplyAsync(1);

        var posted = await watched.Page.RunAndWaitForResponseAsync(
            () => watched.Page.Locator(".webchat__thumb-button").First.ClickAsync(),
            response => response.Request.PostData?.Contains("webchat:activity-status/feedback", StringComparison.Ordinal) == true);

        Assert.Equal(200, posted.Status);
        Assert.Contains("LikeAction", posted.Request.PostData!);
        Assert.Empty(watched.Objections);
    }

    [Fact]
    public async Task Lose_HostKilledAndStartedAgain_SaysSoAndOffersANewChat()
    {
        Requires.Chromium();
        var cancelled = TestContext.Current.CancellationToken;
        await using var first = await HostProcess.StartAsync(HostProcess.FreePort, cancelled);
        await using var watched = await browser.OpenAsync(first.Address);
        var page = new HostPage(watched.Page);
        var chat = page.Chat;
        await chat.ReplyAsync(0);

        first.Program.Kill();
        await first.Program.ExitAsync(TimeSpan.FromSeconds(10), cancelled);
        await Assertions.Expect(page.Status).ToHaveTextAsync("Reconnecting…");
        await Assertions.Expect(page.Trouble).ToBeHiddenAsync();

        // Another process knows nothing of the first one's conversations.
        await using var second = await HostProcess.StartAsync(first.Address.ToString(), cancelled);
        await Assertions.Expect(page.Trouble).ToContainTextAsync("This chat has ended. Your messages were not kept.", new() { Timeout = 15_000 });
        await page.StartNewChatAsync();
        await chat.ReplyAsync(0);
        var conversation = StarterConversation.About("hello");
        await chat.AskAsync(conversation.Question);

        await chat.ExpectAsync(1, conversation.Reply);
        await Assertions.Expect(page.Trouble).ToBeHiddenAsync();
    }

    /// <summary>Takes docs/images/webchat.png when ONNXCHAT_TEST_SCREENSHOTS names a folder for it.</summary>
    [Fact]
    public async Task Look_TwoQuestions_MakesAPicture()
    {
        await using var watched = await browser.OpenAsync(host.Address);
        var chat = new HostPage(watched.Page).Chat;

        await chat.ReplyAsync(0);
        await chat.AskAsync("怎么退货？");
        await chat.ExpectAsync(1, StarterConversation.About("怎么退货？").Reply);
        await chat.AskAsync("Where is my order?");
        await chat.ExpectAsync(2, StarterConversation.About("Where is my order?").Reply);
        // The transcript scrolls smoothly; two equal frames say that it has come to rest.
        byte[] before, after = [];
        do
        {
            before = after;
            after = await watched.Page.ScreenshotAsync();
        }
        while (!after.SequenceEqual(before));

        Assert.InRange(after.Length, 10_000, 150_000);
        Assert.Empty(watched.Objections);
        if (Environment.GetEnvironmentVariable("ONNXCHAT_TEST_SCREENSHOTS") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, "webchat.png"), after, TestContext.Current.CancellationToken);
    }
}
