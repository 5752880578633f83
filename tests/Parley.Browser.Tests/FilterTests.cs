using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>The word filter of a room.</summary>
public sealed class FilterTests(Chromium chromium)
{
    [Fact]
    public async Task Whoever_rules_a_room_tries_a_word_on_what_was_said_has_it_refused_and_lets_it_be_said_again()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, "#garden");
        await using var cy = await server.EnterLinesAsync("cy");
        await cy.SendLinesAsync("/join garden", "spam one");
        await cy.ReadUntilAsync("cy: spam one");
        await ann.SeeAsync("spam one");

        await ann.Page.Locator("#room-menu").ClickAsync();
        await ann.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Word filter…" }).ClickAsync();
        var dialog = ann.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input[name=word]").FillAsync("spam*");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Try" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("spam* would have refused 1 of the last 1 messages in garden");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("spam one");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();
        await Expect(dialog.Locator("li")).ToContainTextAsync("spam*");
        await cy.SendLineAsync("spam two");
        await cy.ReadUntilAsync("Not said, the word filter of garden refuses spam*");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(dialog.Locator("li")).ToHaveCountAsync(0);
        await cy.SendLineAsync("spam three");
        await cy.ReadUntilAsync("cy: spam three");

        await dialog.Locator("input[name=word]").FillAsync("*");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("A pattern has letters or digits");
        await dialog.Locator("input[name=word]").FillAsync("two words");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();
        await Expect(dialog.Locator("input[name=word]:invalid")).ToHaveCountAsync(1);
        await Expect(dialog.Locator("li")).ToHaveCountAsync(0);
        await ann.Page.Keyboard.PressAsync("Escape");
        await Expect(ann.Page.Locator("#messages")).ToContainTextAsync("set a rule: The word filter refuses spam*");
        await Expect(ann.Page.Locator("#messages")).Not.ToContainTextAsync("would have refused");
        await Expect(ann.Messages).ToHaveTextAsync(["spam one", "spam three"]);
        ann.HasNoFaults();
    }
}
