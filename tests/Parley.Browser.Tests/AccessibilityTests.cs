using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>The page for those who do not see it, or not well, or do not want it to move.</summary>
public sealed class AccessibilityTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Names_of_all_colours_can_be_read(ColorScheme scheme)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { ColorScheme = scheme });
        await ann.Page.EvaluateAsync(
            """
            () => {
              const rows = Array.from({ length: 360 }, (_, hue) => ['', 'is-mention'].map(look => {
                const row = document.getElementById('message-rows').appendChild(document.createElement('div'));
                row.className = `row-message ${look}`;
                for (const part of ['avatar', 'message-name']) {
                  const text = row.appendChild(document.createElement('span'));
                  text.className = part;
                  text.textContent = `Hue ${hue}`;
                  text.style.setProperty('--hue', hue);
                }
              }));
            }
            """);

        Assert.Empty(await ann.Page.FaintTextsAsync());
    }

    [Fact]
    public async Task A_screen_reader_finds_rooms_messages_people_and_where_to_type()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("hello");
        await ann.SeeAsync("hello");
        var name = await ann.NameAsync();

        await Expect(ann.Page.Locator("body")).ToMatchAriaSnapshotAsync(
            $"""
             - navigation "Rooms":
               - paragraph: Parley
               - button "Go to a room"
               - heading "Rooms" [level=2]
               - list:
                 - listitem:
                   - button "#main"
                   - 'button "Menu of #main"'
               - button "Help"
               - button "Settings"
             - main:
               - heading "#main" [level=1]
               - button "About this room"
               - button "Search"
               - 'button "Who is here: 1"'
               - 'log "Messages in #main"':
                 - article /{name}, .* hello/
               - 'textbox "Message #main"'
               - button "Emoji"
               - button "Send"
             - complementary "Who is here":
               - heading "1 person" [level=2]
               - list:
                 - listitem:
                   - heading "Operators 1" [level=3]
                 - listitem:
                   - button /{name}, .*you/
             """);
    }

    [Fact]
    public async Task What_others_say_is_read_out_and_what_one_says_oneself_is_not()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var announcer = ann.Page.Locator("#announcer");
        await Expect(announcer).ToHaveTextAsync("Connected");
        await Expect(announcer).ToHaveAttributeAsync("aria-live", "polite");

        await ann.SayAsync("mine");
        await ann.SeeAsync("mine");
        await cy.SendLineAsync("one");
        await Expect(announcer).ToHaveTextAsync("cy: one");
        await cy.SendLinesAsync([.. Enumerable.Range(0, 20).Select(n => $"number {n}")]);
        await Expect(announcer).ToHaveTextAsync(new Regex("cy: number 19$", RegexOptions.None, Safety.Timeout));

        // What counts down each second, or comes and goes, would be read out again and again.
        Assert.Equal(0, await ann.Page.Locator("[role=status], [role=alert]").CountAsync());
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Nothing_is_found_by_axe_on_the_page_in_its_dialogs_and_its_menus(int width, ColorScheme scheme)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await bob.SayAsync("hello");
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { ViewportSize = new() { Width = width, Height = 780 }, ColorScheme = scheme });
        await ann.SeeAsync("hello");
        await ann.SayAsync("```cs\nvar x = 1; // one\n```\n||psst||\n> quoted");
        await Expect(ann.Page.Locator(".code-block")).ToHaveCountAsync(1);
        await CheckAsync(ann, "the page");
        foreach (var (input, title) in new[] { ("/help", "Help"), ("/nick", "Settings"), ("/join", "Go to a room"), ("/login", "Account"), ("/search hello", "Search"), ("/whois", "Profile"), ("/mode", "#main") })
        {
            await ann.SayAsync(input);
            await Expect(ann.Page.Locator("dialog h2")).ToHaveTextAsync(title);
            await CheckAsync(ann, title, "dialog");
            await ann.Page.Keyboard.PressAsync("Escape");
            await Expect(ann.Page.Locator("dialog")).ToHaveCountAsync(0);
        }

        await ann.Page.Locator("#room-menu").ClickAsync();
        await CheckAsync(ann, "a menu", ".menu");
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.Input.PressSequentiallyAsync("/m");
        await CheckAsync(ann, "suggestions", "#composer");
        await ann.Input.FillAsync("");
        await ann.SayAsync("/part");
        await Expect(ann.Page.Locator("#welcome h2")).ToHaveTextAsync("Where to?");
        await CheckAsync(ann, "no room");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Help_can_be_read_on_a_phone_and_scrolled_by_keys()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { ViewportSize = new() { Width = 390, Height = 600 } });
        await ann.SayAsync("/help");
        var content = ann.Page.Locator(".dialog-content");
        Assert.True(await content.EvaluateAsync<bool>("each => each.scrollWidth <= each.clientWidth"));
        Assert.True(await content.EvaluateAsync<bool>("each => [...each.querySelectorAll('dd')].every(meaning => meaning.getBoundingClientRect().width > 200)"));

        await content.FocusAsync();
        await ann.Page.Keyboard.PressAsync("End");
        await Expect(ann.Page.Locator("dd").Last).ToBeInViewportAsync();
    }

    [Fact]
    public async Task In_colours_of_the_device_it_is_seen_which_room_one_is_in()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { ForcedColors = ForcedColors.Active });
        await ann.SayAsync("/join #garden");
        await Expect(ann.Page.Locator("#rooms .room-open")).ToHaveCountAsync(2);
        var outlines = await ann.Page.Locator("#rooms .room-open").EvaluateAllAsync<string[]>("all => all.map(each => getComputedStyle(each).outlineStyle)");
        Assert.Equal(["solid", "none"], outlines);
    }

    [Fact]
    public async Task A_reply_says_to_whom_it_is()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await bob.SayAsync("shall we?");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SeeAsync("shall we?");
        await ann.Page.Locator(".row-message").FocusAsync();
        await ann.Page.Keyboard.PressAsync("r");
        await ann.SayAsync("yes");
        await ann.SeeAsync("yes");

        var name = await bob.NameAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Article, new() { NameRegex = new($"{await ann.NameAsync()} to {name}, .*: yes") })).ToHaveCountAsync(1);
        await Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = $"Answers {name}: shall we?" })).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator(".row-message.is-mention .message-text")).ToHaveTextAsync("yes");
    }

    [Fact]
    public async Task Nothing_moves_where_the_device_asks_for_less_motion()
    {
        const string moving = "() => [...document.querySelectorAll('*')].filter(each => getComputedStyle(each).transitionDuration !== '0s' || getComputedStyle(each).animationName !== 'none').length";
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal(0, await ann.Page.EvaluateAsync<int>(moving));

        await ann.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        Assert.NotEqual(0, await ann.Page.EvaluateAsync<int>(moving));
    }

    /// <summary>Has axe look at the whole page, or at a part that has come up: what is behind it was looked at before.</summary>
    private static async Task CheckAsync(ChatPage page, string what, string? part = null)
    {
        // What is in order is only counted: to describe all of it takes axe most of its time.
        AxeRunOptions options = new() { ResultTypes = [ResultType.Violations] };
        var result = part is null ? await page.Page.RunAxe(options) : await page.Page.Locator(part).RunAxe(options);
        var found = result.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}");
        Assert.True(result.Violations.Length == 0, $"{what}: {string.Join('\n', found)}");
    }
}
