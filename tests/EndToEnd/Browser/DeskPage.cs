using Microsoft.Playwright;

namespace OnnxChat.EndToEnd.Browser;

/// <summary>The desk, used with the keyboard.</summary>
internal sealed class DeskPage(IPage page)
{
    public ILocator Waiting => page.Locator("#list button");

    public ILocator Transcript => page.Locator("#transcript li");

    public ILocator Empty => page.Locator("#empty");

    public async Task NameAsync(string person)
    {
        await page.Locator("#name").FillAsync(person);
        await page.Keyboard.PressAsync("Tab");
    }

    /// <summary>Opens the only conversation and takes it.</summary>
    public async Task TakeAsync()
    {
        await Waiting.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#take")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#text")).ToBeFocusedAsync();
    }

    public async Task SayAsync(string text)
    {
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#text")).ToHaveValueAsync("");
    }

    public async Task GiveBackAsync()
    {
        await page.Locator("#return").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }
}
