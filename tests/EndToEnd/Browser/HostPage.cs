using Microsoft.Playwright;

namespace OnnxChat.EndToEnd.Browser;

/// <summary>What the host's page has around its chat.</summary>
internal sealed class HostPage(IPage page)
{
    public ChatWindow Chat { get; } = ChatWindow.WebChat(page);

    public ILocator Status => page.Locator("#status-text");

    public ILocator Trouble => page.Locator("#trouble");

    public ILocator Note => page.Locator("#note");

    public Task StartNewChatAsync() => Trouble.GetByRole(AriaRole.Button).ClickAsync();
}
