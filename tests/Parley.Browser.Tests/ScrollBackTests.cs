using Parley.Browser.Tests.Support;

namespace Parley.Browser.Tests;

public sealed class ScrollBackTests(Chromium chromium)
{
    private const int Count = 5200;

    [Fact]
    public async Task One_scrolls_back_over_five_thousand_messages_and_none_is_missing_or_double()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        string[] said = [.. Enumerable.Range(0, Count).Select(n => $"number {n}")];
        await cy.SendLinesAsync(said);
        await cy.ReadUntilAsync($"cy: {said[^1]}");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SeeAsync(said[^1]);

        var seen = await ann.ScrollUpToAsync(said[0]);

        Assert.Equal(said.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        ann.HasNoFaults();
    }

    [Fact]
    public async Task What_one_reads_stays_where_it_is_while_others_talk()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await cy.SendLinesAsync([.. Enumerable.Range(0, 300).Select(n => $"number {n}")]);
        await cy.ReadUntilAsync("cy: number 299");
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SeeAsync("number 299");
        await ann.ScrollUpToAsync("number 150");
        var row = ann.Messages.GetByText("number 150", new() { Exact = true });
        await row.ScrollIntoViewIfNeededAsync();
        var before = await row.BoundingBoxAsync();

        await cy.SendLinesAsync([.. Enumerable.Range(300, 50).Select(n => $"number {n}")]);
        await Microsoft.Playwright.Assertions.Expect(ann.Page.Locator("#to-latest-count")).ToHaveTextAsync("50 new");

        var after = await row.BoundingBoxAsync();
        Assert.Equal(before!.Y, after!.Y, tolerance: 1.5);
        await ann.Page.Locator("#to-latest").ClickAsync();
        await ann.SeeAsync("number 349");
        ann.HasNoFaults();
    }
}
