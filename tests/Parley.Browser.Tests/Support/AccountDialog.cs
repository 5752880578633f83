using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests.Support;

/// <summary>Steps in the page's dialog about accounts.</summary>
internal static class AccountDialog
{
    public static async Task<ILocator> OpenAsync(ChatPage page)
    {
        await page.SayAsync("/login");
        var dialog = page.Page.Locator("dialog");
        await Expect(dialog).ToHaveCountAsync(1);
        return dialog;
    }

    public static ILocator Button(ILocator dialog, string name) => dialog.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Makes an account of the name that the page has.</summary>
    public static async Task RegisterAsync(ChatPage page)
    {
        var dialog = await OpenAsync(page);
        await dialog.GetByLabel("Password").FillAsync("correct horse battery");
        await Button(dialog, "Create account").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Page.Locator("#members .verified")).ToHaveCountAsync(1);
    }

    /// <summary>Logs out, and waits until the page is open anew, and connected unless said otherwise.</summary>
    public static async Task LogOutAsync(ChatPage page, ILocator dialog, bool isOnline = true)
    {
        await page.Page.EvaluateAsync("document.body.dataset.before = 'yes'");
        await Button(dialog.Locator(".buttons"), "Log out").ClickAsync();
        await Expect(page.Page.Locator("body")).Not.ToHaveAttributeAsync("data-before", "yes");
        await (isOnline ? page.IsOnlineAsync() : page.IsOfflineAsync());
        await Expect(dialog).ToHaveCountAsync(0);
    }
}
