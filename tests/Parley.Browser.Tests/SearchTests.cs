using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>Words are looked for in the room or everywhere, are marked in what is found, and lead to where they were said.</summary>
public sealed class SearchTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Words_are_found_in_this_room_and_everywhere_and_are_marked(int width)
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server, options: new() { ViewportSize = new() { Width = width, Height = 780 } });
        await ann.SayAsync("the old harbour");
        await ann.SeeAsync("the old harbour");
        await ann.SayAsync("/join #garden");
        await Expect(ann.Room).ToHaveTextAsync("#garden");
        await ann.SayAsync("a Harbour café");
        await ann.SeeAsync("a Harbour café");

        await ann.SayAsync("/search harbour");
        var found = ann.Page.Locator(".results button");
        await Expect(found).ToHaveCountAsync(1);
        await Expect(found.Locator("mark")).ToHaveTextAsync(["Harbour"]);
        await ann.Page.GetByLabel("Only in #garden").UncheckAsync();
        await Expect(found).ToHaveCountAsync(2);
        await ann.Page.GetByRole(AriaRole.Searchbox).FillAsync("cafe");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(found.Locator("mark")).ToHaveTextAsync(["café"]);
        await ann.Page.GetByRole(AriaRole.Searchbox).FillAsync("old");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(found.Locator("mark")).ToHaveTextAsync(["old"]);
        await found.ClickAsync();

        await Expect(ann.Room).ToHaveTextAsync("#main");
        await ann.SeeAsync("the old harbour");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Nothing_found_is_said_and_is_no_fault()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);

        await ann.SayAsync("/search nowhere");

        await Expect(ann.Page.Locator("dialog [role=status]")).ToHaveTextAsync("No messages found.");
        ann.HasNoFaults();
    }
}
