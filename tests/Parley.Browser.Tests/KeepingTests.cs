using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>What one keeps: messages that are pinned for all, saved for oneself, or there without a network; and what one said before an edit.</summary>
public sealed class KeepingTests(Chromium chromium)
{
    [Fact]
    public async Task An_operator_pins_a_message_for_all_who_are_there_and_who_come()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await bob.SayAsync("the door code is 42");
        await ann.SeeAsync("the door code is 42");
        await MenuAsync(ann, "the door code is 42", "Pin");

        await Expect(bob.Page.Locator("#pins-count")).ToHaveTextAsync("1");
        await using var cem = await ChatPage.OpenAsync(chromium, server);
        await cem.Page.GetByRole(AriaRole.Button, new() { Name = "Pinned messages" }).ClickAsync();
        await Expect(cem.Page.Locator(".results li")).ToContainTextAsync(["the door code is 42"]);
        await cem.Page.Locator(".results button").ClickAsync();
        await Expect(cem.Page.Locator("dialog")).ToHaveCountAsync(0);

        // Only who rules the room is offered it.
        await bob.Messages.GetByText("the door code is 42").ClickAsync(new() { Button = MouseButton.Right });
        await Expect(bob.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy text" })).ToHaveCountAsync(1);
        await Expect(bob.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Unpin" })).ToHaveCountAsync(0);
        await MenuAsync(ann, "the door code is 42", "Unpin");
        await Expect(cem.Page.Locator("#pins-open")).ToBeHiddenAsync();
        ann.HasNoFaults();
        cem.HasNoFaults();
    }

    [Fact]
    public async Task A_saved_message_is_found_again_after_a_reload_and_from_another_room()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await bob.SayAsync("read this later");
        await ann.SeeAsync("read this later");
        await MenuAsync(ann, "read this later", "Save");
        await ann.SayAsync("/join #garden");
        await Expect(ann.Room).ToHaveTextAsync("#garden");
        await ann.Page.ReloadAsync();

        await ann.SayAsync("/saved");
        await Expect(ann.Page.Locator(".results li")).ToContainTextAsync(["read this later"]);
        await ann.Page.Locator(".results button").ClickAsync();
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await MenuAsync(ann, "read this later", "Remove from saved");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Saved messages" }).ClickAsync();
        await Expect(ann.Page.Locator("dialog")).ToContainTextAsync("Nothing is saved yet");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task What_was_said_last_can_be_read_without_a_network_and_what_was_deleted_meanwhile_is_gone_with_it()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await using var ann = await ChatPage.OpenAsync(chromium, server, isKept: true);
        await ann.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await bob.SayAsync("stays");
        await bob.SayAsync("a secret");
        await ann.SeeAsync("a secret");
        await ann.Page.GotoAsync("about:blank");
        await bob.Page.Clock.InstallAsync();
        await bob.Page.Locator(".row-message", new() { HasText = "a secret" }).FocusAsync();
        await bob.Page.Keyboard.PressAsync("Delete");
        await bob.Page.Clock.FastForwardAsync(7000);
        await Expect(bob.Messages).ToHaveTextAsync(["stays", "This message was deleted."]);
        await server.StopAsync();

        await ann.Page.GotoAsync(server.Address.ToString());
        await ann.IsOfflineAsync();
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await Expect(ann.Messages).ToHaveTextAsync(["stays", "a secret"]);

        await server.StartAsync();
        // The page may have tried again by itself meanwhile: the button is hidden then, and does nothing.
        await ann.Page.Locator("#connect-now").DispatchEventAsync("click");
        await ann.IsOnlineAsync();
        await Expect(ann.Messages).ToHaveTextAsync(["stays"]);
    }

    [Fact]
    public async Task Who_does_not_want_messages_on_the_device_has_none_there()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("private");
        await ann.SeeAsync("private");
        const string Kept = "() => Object.keys(localStorage).filter(key => key.startsWith('parley kept ')).length";
        await ann.Page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('parley kept '))");

        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Settings" }).ClickAsync();
        await ann.Page.GetByLabel("Keep recent messages on this device").UncheckAsync();

        Assert.Equal(0, await ann.Page.EvaluateAsync<int>(Kept));
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.SayAsync("still private");
        await ann.SeeAsync("still private");
        await ann.Page.ReloadAsync();
        await ann.SeeAsync("still private");
        Assert.Equal(0, await ann.Page.EvaluateAsync<int>(Kept));
    }

    [Fact]
    public async Task An_edit_can_be_undone()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("at noon");
        await bob.SeeAsync("at noon");
        await MenuAsync(ann, "at noon", "Edit");
        await ann.SayAsync("at one");
        await bob.SeeAsync("at one");

        await ann.Page.Locator(".toast").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(bob.Messages).ToHaveTextAsync(["This message was deleted: edited", "This message was deleted: edited", "at noon"]);
        ann.HasNoFaults();
    }

    private static async Task MenuAsync(ChatPage page, string message, string item)
    {
        await page.Messages.GetByText(message).ClickAsync(new() { Button = MouseButton.Right });
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();
    }
}
