using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests.Support;

/// <summary>Somebody at the page, in a browser of their own: what they do, and what they see.</summary>
internal sealed class ChatPage : IAsyncDisposable
{
    /// <summary>Never waited for when all is well.</summary>
    private const float TimeoutMilliseconds = 30_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    private ChatPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        context.SetDefaultTimeout(TimeoutMilliseconds);
        SetDefaultExpectTimeout(TimeoutMilliseconds);
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (string.Equals(message.Type, "error", StringComparison.Ordinal))
            {
                _faults.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Messages that somebody has said and the server has confirmed, oldest first.</summary>
    public ILocator Messages => Page.Locator(".row-message:not(.is-sending) .message-text");

    public ILocator Input => Page.Locator("#message-input");

    public ILocator Room => Page.Locator("#room-title");

    /// <summary>A browser in which the page was never open, at no page yet.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="options">What kind of device it is on; null for a desktop.</param>
    /// <param name="isKept">Whether the page is kept on the device for later, which fetches all its files a second time.</param>
    /// <param name="notifies">Whether the browser shows notifications.</param>
    public static async Task<ChatPage> NewAsync(Chromium chromium, BrowserNewContextOptions? options = null, bool isKept = false, bool notifies = false)
    {
        var browser = await chromium.NeedAsync(isWhole: notifies);
        var context = await browser.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        if (!isKept)
        {
            // As it is for whoever comes over plain HTTP from another machine.
            await context.AddInitScriptAsync("delete Navigator.prototype.serviceWorker");
        }

        return new ChatPage(context, await context.NewPageAsync());
    }

    /// <summary>Opens the page for the first time, and waits until it is in a room.</summary>
    public static async Task<ChatPage> OpenAsync(Chromium chromium, PageServer server, string hash = "", BrowserNewContextOptions? options = null, bool isKept = false)
    {
        var page = await NewAsync(chromium, options, isKept);
        await page.Page.GotoAsync(server.Address + hash);
        await Expect(page.Room).ToHaveTextAsync(hash.Length == 0 ? "#main" : hash);
        await page.IsOnlineAsync();
        return page;
    }

    public Task<string> NameAsync() => Page.Locator("#self-name").InnerTextAsync();

    /// <summary>Types something, and presses Enter.</summary>
    public async Task SayAsync(string text)
    {
        await Input.FillAsync(text);
        await Input.PressAsync("Enter");
    }

    /// <summary>Chooses files to be attached, as soon as the page offers that, which comes behind the first message.</summary>
    public async Task AttachAsync(params FilePayload[] files)
    {
        await Expect(Page.Locator("#attach-button")).ToBeVisibleAsync();
        await Page.SetInputFilesAsync("#attach-input", files);
    }

    /// <summary>Puts a text where one types, as if it were pasted.</summary>
    public async Task PasteAsync(string text)
    {
        await Input.FocusAsync();
        await Page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Waits until a message can be seen.</summary>
    public Task SeeAsync(string text) => Expect(Messages.GetByText(text, new() { Exact = true })).ToHaveCountAsync(1);

    /// <summary>Waits until the page is connected, and all parts of it have come.</summary>
    public Task IsOnlineAsync() => Expect(Page.Locator("body[data-parts=all]")).ToHaveAttributeAsync("data-connection", "online");

    public Task IsOfflineAsync() => Expect(Page.Locator("body")).ToHaveAttributeAsync("data-connection", "offline");

    /// <summary>Scrolls up step by step until that text is there; all messages that could be seen on the way, each once, by their keys.</summary>
    public async Task<IReadOnlyList<string>> ScrollUpToAsync(string text)
        => await Page.EvaluateAsync<string[]>(
            """
            async text => {
              const view = document.getElementById('messages');
              const seen = new Map();
              for (const end = Date.now() + 60000; Date.now() < end;) {
                const rows = [...document.querySelectorAll('.row-message')];
                rows.forEach(row => seen.set(Number(row.dataset.key), row.querySelector('.message-text').textContent));
                if (rows.length > 300) throw new Error(`${rows.length} messages are in the document at a time`);
                if (rows.some(row => row.querySelector('.message-text').textContent === text)) return [...seen.values()];
                // On a busy machine rows are drawn some frames later: the row that was at the top has to be there still, else others would be passed unseen.
                const edge = view.getBoundingClientRect().top;
                const top = rows.find(row => row.getBoundingClientRect().bottom > edge)?.dataset.key;
                view.scrollTop = Math.max(0, view.scrollTop - view.clientHeight);
                do await new Promise(resolve => requestAnimationFrame(resolve));
                while (top !== undefined && document.querySelector(`.row-message[data-key="${top}"]`) === null && Date.now() < end);
              }
              throw new Error(`${text} was not found among ${seen.size}`);
            }
            """,
            text);

    /// <summary>Nothing went wrong in the page, nor was it kept from anything by its Content-Security-Policy.</summary>
    public void HasNoFaults(params string[] expected)
        => Assert.DoesNotContain(_faults, fault => !expected.Any(each => fault.Contains(each, StringComparison.Ordinal)));

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
