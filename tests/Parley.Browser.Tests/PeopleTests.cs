using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>Names: one's own, and what can be done with those of others.</summary>
public sealed class PeopleTests(Chromium chromium)
{
    private static readonly string[] Capabilities = [":old CAP * LS :message-tags server-time account-tag echo-message batch labeled-response"];

    [Fact]
    public async Task Each_change_of_a_name_is_a_sentence_of_its_own()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        var played = await PlayedServer.BehindAsync(ann);
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");

        played.Send(":bea!u@h NICK Dora", ":Dora!u@h QUIT :bye", ":cy!u@h JOIN #main", ":cy!u@h NICK Dora");

        await Expect(ann.Page.Locator(".row-event")).ToHaveTextAsync("Dora joined, Dora left");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_name_that_is_refused_is_told_where_it_was_typed()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("Cyprian");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.Page.Locator("#settings-open").ClickAsync();
        var name = ann.Page.GetByLabel("Your name");
        await name.FillAsync("Cyprian");
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Page.Locator("dialog .field-error")).ToContainTextAsync("Cyprian cannot be used");
        await Expect(name).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(name).ToBeFocusedAsync();
        await Expect(ann.Page.Locator(".row-error")).ToHaveCountAsync(0);
        await name.FillAsync("Marigold");
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(ann.Page.Locator("#self-name")).ToHaveTextAsync("Marigold");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Typing_to_somebody_who_is_not_there_says_nothing_until_it_is_sent()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("/query Nobody");
        await Expect(ann.Room).ToHaveTextAsync("Nobody");
        await ann.Input.PressSequentiallyAsync("hi");
        await ann.Page.EvaluateAsync("new Promise(done => setTimeout(done, 0))");

        await ann.SayAsync("hi there");
        await Expect(ann.Page.Locator(".message-failure")).ToContainTextAsync("Not sent");
        await Expect(ann.Page.Locator(".row-error")).ToHaveCountAsync(0);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Who_is_ignored_is_not_heard_until_one_wants_it_again()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var cy = await server.EnterLinesAsync("cy");
        await Expect(ann.Page.Locator("#members .member")).ToHaveCountAsync(2);

        await ann.SayAsync("/ignore cy");
        await Expect(ann.Page.Locator(".toast")).ToContainTextAsync("You ignore cy");
        await cy.SendLineAsync("one");
        await cy.ReadUntilAsync("cy: one");
        await ann.SayAsync("hello");
        await ann.SeeAsync("hello");
        await Expect(ann.Messages).ToHaveTextAsync(["hello"]);
        await ann.Page.ReloadAsync();
        await ann.SayAsync("again");
        await ann.SeeAsync("again");
        await Expect(ann.Messages).ToHaveTextAsync(["hello", "again"]);

        await ann.SayAsync("/unignore cy");
        await Expect(ann.Messages).ToHaveTextAsync(["one", "hello", "again"]);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_muted_room_counts_nothing_and_says_so()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var name = await ann.NameAsync();
        await ann.SayAsync("/mute");
        await ann.SayAsync("/join #garden");
        await Expect(ann.Room).ToHaveTextAsync("#garden");
        await cy.SendLineAsync($"{name}: one");
        await cy.SendLineAsync($"/msg {name} two");

        await Expect(ann.Page.Locator("#people .count")).ToHaveTextAsync("1");
        await Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = "#main, muted" })).ToHaveCountAsync(1);
        await Expect(ann.Page.Locator("#rooms .count")).ToHaveCountAsync(0);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Who_somebody_is_is_told_in_words()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server, "#garden");
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");
        await bob.SayAsync("/away lunch");
        await bob.SayAsync("back soon");
        await ann.SeeAsync("back soon");

        await ann.SayAsync($"/whois {await bob.NameAsync()}");

        var profile = ann.Page.Locator("dialog .profile");
        await Expect(profile).ToContainTextAsync("away: lunch");
        await Expect(profile.GetByRole(AriaRole.Button, new() { Name = "#garden" })).ToHaveCountAsync(1);
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.SayAsync("/whois Nobody99");
        await Expect(profile).ToContainTextAsync("Nobody here is called Nobody99.");
        await Expect(ann.Page.Locator(".row-system, .row-error")).ToHaveCountAsync(0);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task What_a_guest_of_the_same_name_has_done_before_is_not_ones_own()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        var played = await PlayedServer.BehindAsync(ann, words => words switch
        {
            ["CAP", "LS", ..] => Capabilities,
            ["CAP", "REQ", ..] => [":old CAP * ACK :message-tags server-time account-tag echo-message batch labeled-response"],
            ["NICK", ..] => null,
            _ => null,
        });
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        const string before = "time=2020-01-01T00:00:00.000Z";
        played.Send(
            $"@msgid=1;{before} :me!u@h PRIVMSG #main :of before",
            $"@msgid=2;{before};+draft/react=👍;+draft/reply=1 :me!u@h TAGMSG #main",
            "@msgid=3 :me!u@h PRIVMSG #main :of now");
        await ann.SeeAsync("of now");

        await Expect(ann.Page.Locator(".row-message.is-own .message-text")).ToHaveTextAsync(["of now"]);
        await Expect(ann.Page.Locator(".reaction")).ToHaveAttributeAsync("aria-pressed", "false");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_name_has_a_menu_by_mouse_by_keyboard_and_by_touch()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { HasTouch = true });
        var keys = ann.Page.Keyboard;
        var menu = ann.Page.GetByRole(AriaRole.Menu);
        var member = ann.Page.Locator("#members [data-nick=cy] button");

        await member.ClickAsync(new() { Button = MouseButton.Right });
        await Expect(menu.GetByRole(AriaRole.Menuitem)).ToHaveTextAsync(["Profile", "Direct message", "Mention", "Ignore"]);
        await keys.PressAsync("Escape");
        await Expect(menu).ToHaveCountAsync(0);
        await Expect(member).ToBeFocusedAsync();

        await keys.PressAsync("Enter");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await Expect(menu.GetByText("Mention")).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Expect(ann.Input).ToHaveValueAsync("@cy ");
        await ann.Input.FillAsync("");

        await member.TapAsync();
        await menu.GetByText("Direct message").TapAsync();
        await Expect(ann.Room).ToHaveTextAsync("cy");
        await Expect(ann.Page.Locator("#topic")).ToHaveTextAsync("here");
        await cy.SendLineAsync("/quit");
        await Expect(ann.Page.Locator("#topic")).ToHaveTextAsync("not connected");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task An_operator_removes_and_bans_from_the_menu_with_a_reason()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server, "#garden");
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");
        var name = await ann.NameAsync();
        await bob.Page.Locator($"#members [data-nick={name}] button").ClickAsync();
        await bob.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Ban…" }).ClickAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true })).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator("dialog select")).ToHaveCSSAsync("height", "40px");
        await bob.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("This name") }).CheckAsync();
        await bob.Page.GetByLabel("Reason").FillAsync("spam");
        await bob.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Page.Locator("#room-gate p")).ToHaveTextAsync($"{await bob.NameAsync()} removed you from #garden: spam");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Join again" }).ClickAsync();
        await Expect(ann.Page.Locator("#room-gate p")).ToHaveTextAsync("You are banned from #garden.");
        await Expect(bob.Page.Locator("#members .member")).ToHaveCountAsync(1);
        bob.HasNoFaults();
    }

    [Fact]
    public async Task People_are_listed_by_rank_and_by_whether_they_are_there()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server, "#garden");
        await using var cleo = await ChatPage.OpenAsync(chromium, server, "#garden");
        await cleo.SayAsync("/away lunch");
        await using var dan = await ChatPage.OpenAsync(chromium, server, "#garden");
        await dan.SayAsync($"/quote MODE {await dan.NameAsync()} +B");
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");

        string[] expected = ["Operators1", await bob.NameAsync(), "Here1", await ann.NameAsync(), "Away1", await cleo.NameAsync(), "Programs1", await dan.NameAsync()];
        await Expect(ann.Page.Locator("#members h3, #members .member-name")).ToHaveTextAsync(expected);
        ann.HasNoFaults();
    }
}
