using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

public sealed class KeyboardTests(Chromium chromium)
{
    [Fact]
    public async Task All_can_be_done_without_a_mouse()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var keys = ann.Page.Keyboard;
        await Expect(ann.Page.Locator("#members .member-name")).ToHaveCountAsync(2);

        // A name is completed, and what was typed before comes back.
        var other = await bob.NameAsync();
        await keys.TypeAsync(other[..4]);
        await keys.PressAsync("Tab");
        await Expect(ann.Input).ToHaveValueAsync($"{other}: ");
        await keys.TypeAsync("hello");
        await keys.PressAsync("Enter");
        await ann.SeeAsync($"{other}: hello");
        await keys.PressAsync("ArrowUp");
        await Expect(ann.Input).ToHaveValueAsync($"{other}: hello");
        await keys.PressAsync("ArrowDown");
        await Expect(ann.Input).ToHaveValueAsync("");

        // To another room, and back.
        await keys.PressAsync("Control+k");
        await keys.TypeAsync("garden");
        await keys.PressAsync("Enter");
        await Expect(ann.Room).ToHaveTextAsync("#garden");
        await keys.PressAsync("Alt+ArrowDown");
        await Expect(ann.Room).ToHaveTextAsync("#main");

        // Into the messages, and an answer to one.
        await keys.PressAsync("Shift+F6");
        await keys.PressAsync("Shift+F6");
        await Expect(ann.Page.Locator(".row-message:focus")).ToHaveCountAsync(1);
        await keys.PressAsync("r");
        await keys.TypeAsync("and again");
        await keys.PressAsync("Enter");
        await Expect(ann.Page.Locator(".message-quote")).ToHaveCountAsync(1);

        // Dialogs open and close, and leave the focus where it was.
        await keys.PressAsync("Control+Shift+F");
        await Expect(ann.Page.Locator("dialog h2")).ToHaveTextAsync("Search");
        await keys.PressAsync("Escape");
        await keys.PressAsync("Control+/");
        await Expect(ann.Page.Locator("dialog h2")).ToHaveTextAsync("Help");
        await keys.PressAsync("Escape");
        await Expect(ann.Page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(ann.Input).ToBeFocusedAsync();

        // With nothing to complete, Tab goes on: it is no trap.
        await keys.PressAsync("Tab");
        await Expect(ann.Input).Not.ToBeFocusedAsync();
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Whatever_can_be_pressed_says_what_it_is_to_a_screen_reader()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("hello");
        await ann.SeeAsync("hello");

        var nameless = await ann.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, input, textarea, nav, aside, dialog, [role="log"]')]
              .filter(each => each.checkVisibility() && !(each.getAttribute('aria-label') || each.getAttribute('aria-labelledby') || each.textContent.trim() || each.closest('label')))
              .map(each => each.outerHTML)
            """);

        Assert.Empty(nameless);
        await Expect(ann.Page.Locator("#announcer")).ToHaveAttributeAsync("aria-live", "polite");
    }
}
