using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

public sealed class ComposerTests(Chromium chromium)
{
    [Fact]
    public async Task The_key_that_ends_the_choice_of_a_character_does_not_send()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var keyboard = await InputMethod.AtAsync(ann);

        await keyboard.ComposeAsync("にほん");
        await ann.Page.EvaluateAsync("""() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))""");
        await keyboard.CommitAsync("日本");
        await Expect(ann.Input).ToHaveValueAsync("日本");
        Assert.Equal(0, await ann.Page.Locator(".row-message").CountAsync());
        await ann.Page.Keyboard.PressAsync("Enter");

        await ann.SeeAsync("日本");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Several_pasted_lines_are_one_message_and_come_to_others_in_order()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var name = await ann.NameAsync();
        var lines = Enumerable.Range(0, 30).Select(n => $"line {n} of what was pasted").ToList();
        await ann.PasteAsync(string.Join('\n', lines));
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Messages).ToHaveTextAsync([string.Join('\n', lines)]);
        foreach (var line in lines)
        {
            await cy.ReadUntilAsync($"{name}: {line}");
        }

        ann.HasNoFaults();
    }

    [Theory]
    [InlineData("/nick Zz9\nimportant second line")]
    [InlineData("/leave\nrm -r build")]
    [InlineData("// a comment\nint x;")]
    [InlineData("/me waves\nand more")]
    public async Task Several_lines_are_said_as_they_are_whatever_they_begin_with(string text)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var name = await ann.NameAsync();
        await ann.PasteAsync(text);
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Messages).ToHaveTextAsync([text]);
        await Expect(ann.Room).ToHaveTextAsync("#main");
        Assert.Equal(name, await ann.NameAsync());
        await ann.SayAsync("//nick");
        await ann.SeeAsync("/nick");
        ann.HasNoFaults();
    }

    [Theory]
    [InlineData("/nikc Zz9", "There is no /nikc")]
    [InlineData("/msg #elsewhere a long story", "You are not in #elsewhere")]
    [InlineData("/report cy", "Name a person")]
    public async Task A_command_that_did_nothing_stays_where_it_was_typed(string text, string reason)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync(text);

        await Expect(ann.Page.Locator(".row-event").GetByText(reason)).ToHaveCountAsync(1);
        await Expect(ann.Input).ToHaveValueAsync(text);
        await ann.SayAsync("/nick Zz9");
        await Expect(ann.Page.Locator("#self-name")).ToHaveTextAsync("Zz9");
        await Expect(ann.Input).ToHaveValueAsync("");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Much_at_a_time_is_sent_only_when_one_has_said_so()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        var sent = new List<string>();
        await PlayedServer.BehindAsync(ann, words =>
        {
            sent.AddRange(words is ["PRIVMSG", ..] ? [string.Join(' ', words)] : []);
            return null;
        });
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        var lines = Enumerable.Range(0, 40).Select(n => $"line {n}").ToList();
        await ann.PasteAsync(string.Join('\n', lines));

        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(ann.Page.Locator("dialog p")).ToHaveTextAsync("This will be sent as 40 messages.");
        await ann.Page.Keyboard.PressAsync("Escape");

        // Else it might be taken for the next one, which is a moment in coming.
        await Expect(ann.Page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(ann.Input).ToHaveValueAsync(string.Join('\n', lines));
        Assert.Empty(sent);
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(ann.Page.Locator("dialog")).ToHaveCountAsync(1);
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Messages).ToHaveTextAsync(lines);
        Assert.Equal(lines.Select(line => $"PRIVMSG #main :{line}"), sent);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Emoji_are_found_by_their_words_and_what_is_begun_in_a_room_stays_there()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.Input.FillAsync("ready ");
        await ann.Page.Locator("#emoji-button").ClickAsync();
        await ann.Page.Keyboard.TypeAsync("rocket");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(ann.Input).ToHaveValueAsync("ready 🚀");
        await Expect(ann.Input).ToBeFocusedAsync();

        await ann.Page.Keyboard.PressAsync("Control+k");
        await ann.Page.Keyboard.TypeAsync("garden");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(ann.Room).ToHaveTextAsync("#garden");
        await Expect(ann.Input).ToHaveValueAsync("");
        await ann.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await Expect(ann.Input).ToHaveValueAsync("ready 🚀");
        await ann.Page.Keyboard.PressAsync("Enter");

        await ann.SeeAsync("ready 🚀");
        ann.HasNoFaults();
    }
}
