using Microsoft.Playwright;
using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.Browser;

public sealed class DeskTests(ChromiumBrowser browser)
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandOver_CustomerAsksForAPerson_PersonAnswersAndGivesBack()
    {
        Requires.Chromium();
        await using var host = await HostProcess.StartAsync(HostProcess.FreePort, Cancelled);
        await using var staff = await browser.OpenAsync(new Uri(host.Address, "desk"));
        var desk = new DeskPage(staff.Page);
        await Assertions.Expect(desk.Empty).ToHaveTextAsync("Nobody waits for a person.");
        await desk.NameAsync("Ann");
        await using var customer = await browser.OpenAsync(host.Address);
        var chat = new HostPage(customer.Page).Chat;
        await chat.ReplyAsync(0);

        await customer.Page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = "Talk to a person" }).ClickAsync();
        var asked = await chat.ReplyAsync(1);
        await desk.TakeAsync();
        var joined = await chat.ReplyAsync(2);
        await desk.SayAsync("Hello, this is Ann.");
        var answer = await chat.ReplyAsync(3);
        await chat.AskAsync("Thank you <b>Ann</b>");
        await Assertions.Expect(desk.Transcript.Last).ToContainTextAsync("Thank you <b>Ann</b>");
        await desk.GiveBackAsync();
        var left = await chat.ReplyAsync(4);
        var question = StarterConversation.About("hello");
        await chat.AskAsync(question.Question);
        await chat.ExpectAsync(5, question.Reply);

        Assert.StartsWith("I have asked a person to join this chat.", asked);
        Assert.StartsWith("Ann has joined the chat", joined);
        Assert.Equal("Hello, this is Ann.", answer);
        Assert.StartsWith("The person has left the chat.", left);
        await Assertions.Expect(desk.Empty).ToBeVisibleAsync();
        Assert.Empty(staff.Objections);
        Assert.Empty(customer.Objections);
    }

    [Fact]
    public async Task Open_ChineseBrowser_IsChinese()
    {
        Requires.Chromium();
        await using var host = await HostProcess.StartAsync(HostProcess.FreePort, Cancelled);
        await using var staff = await browser.OpenAsync(new Uri(host.Address, "desk"), "zh-CN");

        await Assertions.Expect(new DeskPage(staff.Page).Empty).ToHaveTextAsync("目前没有顾客在等候人工客服。");
        await Assertions.Expect(staff.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        Assert.Empty(staff.Objections);
    }
}
