using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

public sealed class TalkingTests(Chromium chromium)
{
    [Fact]
    public async Task Two_browsers_and_a_user_of_netcat_talk_in_one_room()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await using var cy = await server.EnterLinesAsync("cy");

        await ann.SayAsync("from Ann");
        await cy.ReadUntilAsync($"{await ann.NameAsync()}: from Ann");
        await bob.SeeAsync("from Ann");
        await bob.SayAsync("from Bob");
        await cy.ReadUntilAsync($"{await bob.NameAsync()}: from Bob");
        await cy.SendLineAsync("from nc");

        foreach (var page in new[] { ann, bob })
        {
            await Expect(page.Messages).ToHaveTextAsync(["from Ann", "from Bob", "from nc"]);
            await Expect(page.Page.Locator("#members .member-name")).ToHaveCountAsync(3);
            page.HasNoFaults();
        }
    }

    [Fact]
    public async Task An_address_leads_to_a_room_and_unread_mentions_are_counted_elsewhere()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");
        await using var bob = await ChatPage.OpenAsync(chromium, server, "#garden");
        var name = await ann.NameAsync();
        await ann.SayAsync("/join #main");
        await Expect(ann.Room).ToHaveTextAsync("#main");

        await bob.SayAsync("anybody?");
        await bob.SayAsync($"{name}, are you there?");

        var garden = ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "#garden, 1 for you" });
        await garden.ClickAsync();
        await Expect(ann.Page).ToHaveURLAsync(new Uri(server.Address, "#garden").ToString());
        await Expect(ann.Page.Locator(".row-message.is-mention mark")).ToHaveTextAsync(name);
        await Expect(ann.Page.Locator(".row-new")).ToHaveCountAsync(1);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Direct_messages_are_conversations_of_their_own()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var cy = await server.EnterLinesAsync("cy");
        await Expect(ann.Page.Locator("#members .member-name")).ToHaveCountAsync(2);
        var name = await ann.NameAsync();

        await cy.SendLineAsync($"/msg {name} psst");
        await ann.Page.Locator("#people .room-open").ClickAsync();
        await ann.SeeAsync("psst");
        await ann.SayAsync("what is it?");

        await cy.ReadUntilAsync($"from {name}: what is it?");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_press_on_a_room_opens_it_whatever_is_said_there_before_the_button_is_let_go()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");
        await ann.SayAsync("/join #main");
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await using var cy = await server.EnterLinesAsync("cy");
        await cy.SendLineAsync("/join garden");
        await cy.ReadUntilAsync("You joined garden");

        await ann.Page.Locator("#rooms [data-room='#garden'] .room-name").HoverAsync();
        await ann.Page.Mouse.DownAsync();
        await cy.SendLineAsync($"psst, {await ann.NameAsync()}");
        await Expect(ann.Page).ToHaveTitleAsync("(1) #main · Parley");
        await ann.Page.EvaluateAsync("() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
        await ann.Page.Mouse.UpAsync();

        await Expect(ann.Room).ToHaveTextAsync("#garden");
        await Expect(ann.Page.Locator("#rooms .count")).ToHaveCountAsync(0);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_thread_shows_what_answers_a_message_as_it_comes_in_and_is_answered_in_place()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("who waters?");
        await bob.SeeAsync("who waters?");
        await ann.SayAsync("nothing to do with it");
        await bob.SeeAsync("nothing to do with it");
        await bob.Page.Locator(".row-message").First.FocusAsync();
        await bob.Page.Keyboard.PressAsync("r");
        await bob.SayAsync("I can");
        await Expect(ann.Page.Locator(".message-replies")).ToHaveTextAsync("1 reply");

        await ann.Page.Locator(".message-replies").ClickAsync();
        var thread = ann.Page.Locator(".thread .message-text");
        await Expect(thread).ToHaveTextAsync(["who waters?", "I can"]);
        await ann.Page.Keyboard.TypeAsync("thanks");
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(thread).ToHaveTextAsync(["who waters?", "I can", "thanks"]);
        await Expect(bob.Page.Locator(".row-message.is-mention .message-text")).ToHaveCountAsync(0);
        await Expect(bob.Page.Locator(".message-replies")).ToHaveTextAsync("2 replies");
        ann.HasNoFaults();
        bob.HasNoFaults();
    }

    [Fact]
    public async Task Replies_reactions_and_typing_are_seen_by_others()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("shall we?");
        await bob.SeeAsync("shall we?");

        await bob.Input.PressSequentiallyAsync("w");
        await Expect(ann.Page.Locator("#typing")).ToHaveTextAsync($"{await bob.NameAsync()} is typing…");
        await bob.Input.FillAsync("");
        await bob.Page.Locator(".row-message").FocusAsync();
        await bob.Page.Keyboard.PressAsync("e");
        await bob.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "thumbs up" }).ClickAsync();
        await Expect(bob.Page.Locator(".reaction")).ToHaveTextAsync("👍1");
        await bob.Page.Locator(".row-message").FocusAsync();
        await bob.Page.Keyboard.PressAsync("r");
        await Expect(bob.Page.Locator("#reply-text")).ToContainTextAsync("shall we?");
        await bob.SayAsync("yes");

        await Expect(ann.Page.Locator(".reaction")).ToHaveTextAsync("👍1");
        await Expect(ann.Page.Locator(".message-quote")).ToContainTextAsync("shall we?");
        await ann.Page.Locator(".reaction").ClickAsync();
        await Expect(bob.Page.Locator(".reaction")).ToHaveTextAsync("👍2");
        ann.HasNoFaults();
        bob.HasNoFaults();
    }
}
