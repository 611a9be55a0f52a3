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
}
