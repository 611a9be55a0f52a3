using Microsoft.Playwright;
using OnnxChat.EndToEnd.Browser;
using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.Playground;

public sealed class PlaygroundTests(StarterHost host, ChromiumBrowser browser)
{
    [Theory]
    [InlineData("msteams")]
    [InlineData("emulator")]
    [InlineData("webchat")]
    public async Task Ask_InAChannel_ShowsWelcomeAndReplies(string channel)
    {
        Requires.Chromium();
        await using var playground = await PlaygroundProcess.StartAsync(host.Address, channel, TestContext.Current.CancellationToken);
        await using var watched = await browser.OpenAsync(playground.Address, width: 1400, height: 1000);
        var chat = channel == "webchat" ? ChatWindow.WebChat(watched.Page) : ChatWindow.Teams(watched.Page);
        var chinese = StarterConversation.About("怎么退货？");
        var english = StarterConversation.About("What does shipping cost?");

        var welcome = await chat.ReplyAsync(0);
        await chat.AskAsync(chinese.Question);
        await chat.ExpectAsync(1, chinese.Reply);
        await chat.AskAsync(english.Question);
        await chat.ExpectAsync(2, english.Reply);

        Assert.StartsWith("Hello, I am OnnxChat.", welcome);
        Assert.Equal(3, await chat.CountRepliesAsync());
    }

    [Fact]
    public async Task Mention_InAGroup_IsAnsweredOnce()
    {
        Requires.Chromium();
        await using var playground = await PlaygroundProcess.StartAsync(host.Address, "msteams", TestContext.Current.CancellationToken);
        await using var watched = await browser.OpenAsync(playground.Address, width: 1400, height: 1000);
        var chat = ChatWindow.Teams(watched.Page);
        await chat.ReplyAsync(0);
        var conversation = StarterConversation.About("怎么退货？");

        await watched.Page.GetByText("Group Chat", new() { Exact = true }).First.ClickAsync();
        // The personal chat's welcome goes out of sight: nobody is welcomed in a group.
        await Assertions.Expect(watched.Page.Locator(".fai-OutputCard")).ToHaveCountAsync(0);
        await chat.MentionAsync("Test Bot", conversation.Question);

        await chat.ExpectAsync(0, conversation.Reply);
        Assert.Equal(1, await chat.CountRepliesAsync());
    }

    [Fact]
    public async Task Rate_InTeams_ReachesTheHost()
    {
        Requires.Chromium();
        var cancelled = TestContext.Current.CancellationToken;
        await using var own = await HostProcess.StartAsync(HostProcess.FreePort, cancelled);
        await using var playground = await PlaygroundProcess.StartAsync(own.Address, "msteams", cancelled);
        await using var watched = await browser.OpenAsync(playground.Address, width: 1400, height: 1000);
        var chat = ChatWindow.Teams(watched.Page);
        await chat.ReplyAsync(0);
        await chat.AskAsync("hello");
        await chat.ReplyAsync(1);

        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Dislike", Exact = true }).Last.ClickAsync();
        await watched.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("too short");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).Last.ClickAsync();

        var said = await own.Program.WaitForAsync("A customer on channel msteams finds a reply", cancelled);
        Assert.StartsWith("bad", said, StringComparison.Ordinal);
        Assert.EndsWith("9 characters of comment.", said, StringComparison.Ordinal);
    }
}
