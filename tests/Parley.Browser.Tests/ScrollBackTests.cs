using Parley.Browser.Tests.Support;

namespace Parley.Browser.Tests;

public sealed class ScrollBackTests(Chromium chromium)
{
    private const double MostMilliseconds = 100;
    private const int Count = 10_000;

    [Fact]
    public async Task One_scrolls_over_ten_thousand_messages_with_few_in_the_document_and_none_missing_or_double()
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

        // Down again, all of it being here: how long pictures take. A machine that does many things at once takes longer.
        var frames = await ann.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const view = document.getElementById('messages');
              const frames = [];
              for (let n = 0, last = performance.now(); n < 120; n++) {
                view.scrollTop += view.clientHeight / 3;
                await new Promise(resolve => requestAnimationFrame(resolve));
                const now = performance.now();
                frames.push(now - last);
                last = now;
              }

              return frames.sort((a, b) => a - b);
            }
            """);
        TestContext.Current.TestOutputHelper?.WriteLine($"Frames while scrolling over {Count} messages: median {frames[60]:F1} ms, 95th of 100 {frames[114]:F1} ms");
        Assert.True(frames[60] < MostMilliseconds, $"half of the pictures took {frames[60]:F0} ms and more");
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
