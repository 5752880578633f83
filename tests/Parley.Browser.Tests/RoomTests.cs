using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>Coming into rooms, being kept out of them, and being in none.</summary>
public sealed class RoomTests(Chromium chromium)
{
    [Fact]
    public async Task Who_leaves_the_last_room_sees_where_they_can_go()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await cy.SendLineAsync("/join garden");
        await cy.ReadUntilAsync("You joined garden");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("/topic All about it");
        await ann.SayAsync("bye");
        await ann.SeeAsync("bye");

        await ann.SayAsync("/part");

        await Expect(ann.Page.Locator("#welcome h2")).ToHaveTextAsync("Where to?");
        await Expect(ann.Room).ToHaveTextAsync("Parley");
        await Expect(ann.Page.Locator("#topic")).ToBeEmptyAsync();
        await Expect(ann.Messages).ToHaveCountAsync(0);
        await Expect(ann.Input).ToBeHiddenAsync();
        await Expect(ann.Page).ToHaveURLAsync(server.Address.ToString());
        await Expect(ann.Page).ToHaveTitleAsync("Parley");

        await ann.Page.GetByLabel("Your name").FillAsync("Marigold");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Expect(ann.Page.Locator("#self-name")).ToHaveTextAsync("Marigold");
        await ann.Page.Locator("#welcome-rooms button", new() { HasText = "#garden" }).ClickAsync();
        await Expect(ann.Room).ToHaveTextAsync("#garden");
        await ann.SayAsync("hello");
        await cy.ReadUntilAsync("Marigold: hello");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Who_has_an_account_keeps_a_room_and_sees_its_roles()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");
        await ann.SayAsync("/nick Annabel");
        await Expect(ann.Page.Locator("#self-name")).ToHaveTextAsync("Annabel");
        await ann.SayAsync("/quote NS REGISTER battery-staple");
        await Expect(ann.Page.Locator("#room-list")).ToContainTextAsync("NickServ");

        await ann.Page.Locator("#room-menu").ClickAsync();
        await ann.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Roles…" }).ClickAsync();
        await Expect(ann.Page.Locator("dialog .dialog-content")).ToHaveTextAsync("This room goes when the last person leaves.Keep this room");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Keep this room" }).ClickAsync();

        await Expect(ann.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("This room stays when it is empty.");
        await Expect(ann.Page.Locator("select[name=Annabel]")).ToHaveValueAsync("o");
        await ann.Page.Locator("input[name=account]").FillAsync("Nobody");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Give role" }).ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "There is no account Nobody" })).ToBeVisibleAsync();
        await Expect(ann.Page.Locator("#room-list")).Not.ToContainTextAsync("ChanServ");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Who_is_removed_from_a_room_sees_by_whom_and_why_and_can_come_back()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server, "#garden");
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");
        var gate = ann.Page.Locator("#room-gate");
        await ann.Input.FillAsync("half a sen");
        await bob.SayAsync("/mode +k sesame");
        await bob.SayAsync($"/kick {await ann.NameAsync()} enough for today");

        await Expect(gate.Locator("p")).ToHaveTextAsync($"{await bob.NameAsync()} removed you from #garden: enough for today");
        await Expect(ann.Input).ToBeHiddenAsync();
        await ann.Page.Keyboard.PressAsync("Control+k");
        await Expect(ann.Page.Locator(".choices button", new() { HasText = "#garden" })).ToContainTextAsync("you are not in it");
        await ann.Page.Keyboard.PressAsync("Escape");

        // The room has got a key, which is asked for at the place.
        await gate.GetByRole(AriaRole.Button, new() { Name = "Join again" }).ClickAsync();
        await Expect(gate.Locator("p")).ToHaveTextAsync("#garden needs a key.");
        await gate.GetByLabel("Key").FillAsync("sesame");
        await gate.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();

        await Expect(ann.Input).ToHaveValueAsync("half a sen");
        await ann.SayAsync("here again");
        await bob.SeeAsync("here again");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_rooms_key_is_asked_for_until_it_is_right()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server, "#vault");
        await bob.SayAsync("/mode +k sesame");
        await Expect(bob.Page.Locator(".row-event", new() { HasText = "set a rule: Key" })).ToHaveCountAsync(1);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var dialog = ann.Page.GetByRole(AriaRole.Dialog);

        await ann.SayAsync("/join #vault");
        await dialog.GetByLabel("Key").FillAsync("wrong");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Wrong key.");
        await dialog.GetByLabel("Key").FillAsync("sesame");
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Room).ToHaveTextAsync("#vault");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task The_servers_password_is_asked_for_and_not_tried_again_and_again()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "open sesame\n", TestContext.Current.CancellationToken);
        await using var server = await PageServer.StartNewAsync(options => options.IrcPassword = file);
        await using var ann = await ChatPage.NewAsync(chromium);
        await ann.Page.GotoAsync(server.Address.ToString());
        var dialog = ann.Page.GetByRole(AriaRole.Dialog);

        await dialog.GetByLabel("Password").FillAsync("guess");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Wrong password");
        await ann.Page.Keyboard.PressAsync("Escape");
        await Expect(ann.Page.Locator("#connection-text")).ToContainTextAsync("the server asks for a password");
        await ann.Page.Locator("#connect-now").ClickAsync();
        await dialog.GetByLabel("Password").FillAsync("open sesame");
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Room).ToHaveTextAsync("#main");
        await Expect(ann.Page.Locator(".row-error")).ToHaveCountAsync(0);
        ann.HasNoFaults();
        File.Delete(file);
    }

    [Fact]
    public async Task A_rooms_topic_key_and_rules_are_seen_and_changed_in_one_place()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server, "#garden");
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");
        var dialog = bob.Page.GetByRole(AriaRole.Dialog);
        await bob.Page.Locator("#room-menu").ClickAsync();
        await bob.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Topic and rules…" }).ClickAsync();
        await dialog.GetByLabel("Topic", new() { Exact = true }).FillAsync("Beds and bees");
        await dialog.GetByLabel("Key").FillAsync("rake");
        await dialog.GetByLabel("Only people with a voice may speak").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(ann.Page.Locator("#topic")).ToHaveTextAsync("Beds and bees");
        await ann.Page.Locator("#room-menu").ClickAsync();
        await ann.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Topic and rules…" }).ClickAsync();
        var seen = ann.Page.GetByRole(AriaRole.Dialog);
        await Expect(seen.GetByLabel("Key")).ToBeDisabledAsync();
        await Expect(seen.GetByLabel("Key")).ToHaveValueAsync("rake");
        await Expect(seen.GetByLabel("Only people with a voice may speak")).ToBeCheckedAsync();
        ann.HasNoFaults();
        bob.HasNoFaults();
    }
    [Fact]
    public async Task In_slow_mode_the_page_says_how_long_to_wait_and_keeps_what_is_written_until_then()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server, "#garden");
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");
        var (note, seconds) = (ann.Page.Locator("#composer-note"), bob.Page.GetByRole(AriaRole.Dialog).GetByLabel("Slow mode: seconds between messages"));
        await bob.SayAsync("/mode");
        await seconds.FillAsync("600");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(note).ToHaveTextAsync("Slow mode: 600 s between messages");
        await Expect(ann.Page.Locator(".row-event").Last).ToContainTextAsync("set a rule: Slow mode: 600 s between messages");

        await ann.SayAsync("one");
        await ann.SeeAsync("one");
        await Expect(note).ToHaveTextAsync(new Regex("^Slow mode: you can speak again in (600|[45]..) s$"));
        await ann.SayAsync("two");
        await Expect(ann.Input).ToHaveValueAsync("two");
        await Expect(bob.Page.Locator("#composer-note")).ToBeHiddenAsync();

        await bob.SayAsync("/mode");
        await seconds.FillAsync("");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(note).ToBeHiddenAsync();
        await ann.Input.PressAsync("Enter");
        await bob.SeeAsync("two");
        ann.HasNoFaults();
        bob.HasNoFaults();
    }
}
