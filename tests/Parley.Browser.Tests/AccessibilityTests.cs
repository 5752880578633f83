using System.Text.RegularExpressions;
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
               - heading "Parley" [level=1]
               - button "Go to a room"
               - heading "Rooms" [level=2]
               - list:
                 - listitem:
                   - button "#main"
                   - 'button "Leave #main"'
               - button "Help"
               - button "Settings"
             - main:
               - heading "#main" [level=2]
               - button "Search"
               - button "Who is here"
               - 'log "Messages in #main"':
                 - article /{name}, .* hello/
               - 'textbox "Message #main"'
               - button "Emoji"
               - button "Send"
             - complementary "Who is here":
               - heading "1 person" [level=2]
               - list:
                 - listitem:
                   - button /{name}, .*you/ [disabled]
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
}
