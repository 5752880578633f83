using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>What one writes: how it looks, what helps, and how it is taken back.</summary>
public sealed class WritingTests(Chromium chromium)
{
    [Fact]
    public async Task What_is_deleted_can_be_had_back_for_a_moment()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        await ann.Page.Clock.InstallAsync();
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("kept");
        await bob.SeeAsync("kept");
        await ann.SayAsync("gone");
        await bob.SeeAsync("gone");

        async Task DeleteAsync(string text)
        {
            await ann.Page.Locator(".row-message", new() { HasText = text }).FocusAsync();
            await ann.Page.Keyboard.PressAsync("Delete");
            await Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToHaveCountAsync(1);
        }

        await DeleteAsync("kept");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await ann.SeeAsync("kept");
        await DeleteAsync("gone");
        await ann.Page.Clock.FastForwardAsync(7000);

        await Expect(bob.Messages).ToHaveTextAsync(["kept", "This message was deleted."]);
        await Expect(ann.Messages).ToHaveTextAsync(["kept", "This message was deleted."]);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task What_is_edited_takes_the_place_of_what_was_said()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("teh plan");
        await bob.SeeAsync("teh plan");
        await ann.Messages.GetByText("teh plan").ClickAsync(new() { Button = MouseButton.Right });
        await ann.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" }).ClickAsync();
        await Expect(ann.Input).ToHaveValueAsync("teh plan");

        await ann.SayAsync("the plan");

        await Expect(bob.Messages).ToHaveTextAsync(["This message was deleted: edited", "the plan"]);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Code_is_a_block_that_is_coloured_and_marks_are_shown_as_what_they_mean()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("```cs\nvar x = \"<b>\"; // no\n```");
        await ann.SayAsync("**bold** *it* ~~no~~ ||psst|| > no");
        await ann.SayAsync("> quoted\n- one\n- two");

        await Expect(bob.Page.Locator(".code-block pre")).ToHaveTextAsync("var x = \"<b>\"; // no");
        await Expect(bob.Page.Locator(".code-word")).ToHaveTextAsync("var");
        await Expect(bob.Page.Locator(".code-comment")).ToHaveTextAsync("// no");
        await Expect(bob.Page.Locator(".text-bold")).ToHaveTextAsync("bold");
        await Expect(bob.Page.Locator(".message-text li")).ToHaveTextAsync(["one", "two"]);
        await Expect(bob.Page.Locator("blockquote")).ToHaveTextAsync("quoted");
        var spoiler = bob.Page.Locator(".text-spoiler");
        await Expect(spoiler.Locator("span")).ToBeHiddenAsync();
        await spoiler.ClickAsync();
        await Expect(spoiler.Locator("span")).ToBeVisibleAsync();
        bob.HasNoFaults();
    }

    [Fact]
    public async Task Names_rooms_commands_and_emoji_are_suggested_as_one_types()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cyprian");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var keys = ann.Page.Keyboard;
        var list = ann.Page.GetByRole(AriaRole.Option);
        await Expect(ann.Page.Locator("#members .member")).ToHaveCountAsync(2);

        await ann.Input.PressSequentiallyAsync("hi @cyp");
        await Expect(list).ToHaveTextAsync(["cyprian"]);
        await keys.PressAsync("Enter");
        await Expect(ann.Input).ToHaveValueAsync("hi @cyprian ");
        await ann.Input.PressSequentiallyAsync(":rock");
        await list.First.ClickAsync();
        await Expect(ann.Input).ToHaveValueAsync("hi @cyprian 🚀 ");
        await ann.Input.PressSequentiallyAsync("#ma");
        await Expect(list).ToHaveTextAsync(["#main"]);
        await keys.PressAsync("Escape");
        await Expect(list).ToHaveCountAsync(0);
        await ann.Input.FillAsync("");
        await ann.Input.PressSequentiallyAsync("/m");
        await Expect(list).Not.ToHaveCountAsync(0);
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Tab");
        await Expect(ann.Input).ToHaveValueAsync("/mode ");

        // What is typed in full is done, whatever else begins like it.
        await ann.Input.FillAsync("");
        await ann.Input.PressSequentiallyAsync("/me");
        await ann.Input.PressSequentiallyAsync(" waves");
        await keys.PressAsync("Enter");
        await Expect(ann.Page.Locator(".is-action .message-text")).ToContainTextAsync("waves");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task What_was_begun_is_there_after_a_reload()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.Input.PressSequentiallyAsync("half a sen");
        await ann.Page.ReloadAsync();
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await Expect(ann.Input).ToHaveValueAsync("half a sen");
        await ann.Page.Keyboard.PressAsync("Enter");
        await ann.SeeAsync("half a sen");

        await ann.Page.ReloadAsync();
        await ann.SeeAsync("half a sen");
        await Expect(ann.Input).ToHaveValueAsync("");
        ann.HasNoFaults();
    }
}
