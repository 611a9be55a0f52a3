using Microsoft.Playwright;

namespace OnnxChat.EndToEnd.Browser;

/// <summary>A chat on a page, used as a customer does: with the keyboard, and by reading.</summary>
internal sealed class ChatWindow
{
    private readonly IPage _page;
    private readonly ILocator _input;
    private readonly ILocator _replies;

    private ChatWindow(IPage page, string input, string replies)
    {
        _page = page;
        _input = page.Locator(input).First;
        _replies = page.Locator(replies);
    }

    public static ChatWindow WebChat(IPage page) =>
        new(page, "[data-id='webchat-sendbox-input']", ".webchat__bubble:not(.webchat__bubble--from-user) .webchat__text-content");

    /// <summary>As Microsoft 365 Agents Playground draws the chats of Teams and the Emulator.</summary>
    public static ChatWindow Teams(IPage page) => new(page, "[role='textbox'][contenteditable='true']", ".fai-OutputCard");

    public async Task AskAsync(string question)
    {
        await _input.ClickAsync();
        await _page.Keyboard.TypeAsync(question);
        await _page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Asks in a group, where one has to say whom one means.</summary>
    public async Task MentionAsync(string name, string question)
    {
        await _input.ClickAsync();
        await _page.Keyboard.TypeAsync("@");
        await _page.GetByRole(AriaRole.Menuitem, new() { Name = name }).First.ClickAsync();
        await _page.Keyboard.TypeAsync(" " + question);
        await _page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits for the bot's message number <paramref name="index"/>, from 0, and reads it.</summary>
    public async Task<string> ReplyAsync(int index)
    {
        await _replies.Nth(index).WaitForAsync();
        return (await _replies.Nth(index).InnerTextAsync()).Trim();
    }

    /// <summary>Waits until the bot's message number <paramref name="index"/>, which may grow, is that text.</summary>
    public Task ExpectAsync(int index, string text) =>
        Assertions.Expect(_replies.Nth(index)).ToHaveTextAsync(text, new() { UseInnerText = true, Timeout = 15_000 });

    public Task<int> CountRepliesAsync() => _replies.CountAsync();
}
