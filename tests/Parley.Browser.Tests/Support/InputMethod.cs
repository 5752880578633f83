using Microsoft.Playwright;

namespace Parley.Browser.Tests.Support;

/// <summary>An input method, by which one chooses characters that are on no key.</summary>
internal sealed class InputMethod : IAsyncDisposable
{
    private readonly ICDPSession _browser;

    private InputMethod(ICDPSession browser) => _browser = browser;

    public static async Task<InputMethod> AtAsync(ChatPage page) => new(await page.Page.Context.NewCDPSessionAsync(page.Page));

    /// <summary>Shows a text that is not settled yet.</summary>
    public Task ComposeAsync(string text) => _browser.SendAsync("Input.imeSetComposition", new() { ["text"] = text, ["selectionStart"] = text.Length, ["selectionEnd"] = text.Length });

    /// <summary>Puts a text in its place.</summary>
    public Task CommitAsync(string text) => _browser.SendAsync("Input.insertText", new() { ["text"] = text });

    public async ValueTask DisposeAsync() => await _browser.DetachAsync();
}
