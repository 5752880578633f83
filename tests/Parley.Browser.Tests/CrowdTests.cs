using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>Many people and many rooms. What it takes is printed; a machine that does many things at once is given more before it is called slow.</summary>
public sealed class CrowdTests(Chromium chromium)
{
    private const int People = 2000;
    private const int Rooms = 100;
    private const double MostMilliseconds = 5000;

    [Fact]
    public async Task A_room_of_two_thousand_is_drawn_at_once_and_stays_quick_while_people_come_and_go()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        var crowd = await PlayedServer.BehindAsync(ann, words => words is ["JOIN", "#main", ..]
            ? [":me!u@h JOIN #main", .. Enumerable.Range(0, People).Chunk(40).Select(part => $":old 353 me = #main :{string.Join(' ', part.Select(n => $"user{n}"))}"), ":old 366 me #main :End"]
            : null);
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Page.Locator("#member-count")).ToHaveTextAsync($"{People:N0}");
        await Expect(ann.Page.Locator("#members-more")).ToHaveTextAsync($"and {People - 400:N0} more");
        await ann.Page.Locator("#members .member").Nth(7).FocusAsync();
        var focused = await ann.Page.Locator("#members :focus").InnerTextAsync();
        await WatchAsync(ann);

        for (var n = 0; n < 300; n++)
        {
            crowd.Send($":late{n}!u@h JOIN #main", $":user{n + 500}!u@h QUIT :bye", $":user{n + 900}!u@h PRIVMSG #main :number {n}");
        }

        await ann.SeeAsync("number 299");
        await Expect(ann.Page.Locator("#member-count")).ToHaveTextAsync($"{People:N0}");
        Assert.Equal(focused, await ann.Page.Locator("#members :focus").InnerTextAsync());
        await ReportAsync(ann, $"900 events in a room of {People}");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_hundred_rooms_are_listed_and_one_gets_through_them_by_keys()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        var crowd = await PlayedServer.BehindAsync(ann);
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        crowd.Send(Enumerable.Range(0, Rooms - 1).Select(n => $":me!u@h JOIN #room{n:00}"));
        await Expect(ann.Page.Locator("#rooms .room-open")).ToHaveCountAsync(Rooms);
        await WatchAsync(ann);

        crowd.Send(Enumerable.Range(0, 2000).Select(n => $":bea!u@h PRIVMSG #room{n % (Rooms - 1):00} :number {n}"));
        await Expect(ann.Page.Locator("#rooms .count")).ToHaveCountAsync(Rooms - 1);
        for (var n = 0; n < Rooms; n++)
        {
            await ann.Page.Keyboard.PressAsync("Alt+ArrowDown");
        }

        await Expect(ann.Room).ToHaveTextAsync("#main");
        await Expect(ann.Page.Locator("#rooms .count")).ToHaveCountAsync(0);
        await ReportAsync(ann, $"2000 messages in {Rooms} rooms, and a walk through all of them");
        ann.HasNoFaults();
    }

    /// <summary>Watches for times in which the page did not react.</summary>
    private static Task WatchAsync(ChatPage page) => page.Page.EvaluateAsync(
        "() => { window.slow = []; new PerformanceObserver(list => slow.push(...list.getEntries().map(each => each.duration))).observe({ type: 'longtask' }); }");

    private static async Task ReportAsync(ChatPage page, string what)
    {
        var slow = await page.Page.EvaluateAsync<double[]>("window.slow");
        var longest = slow.DefaultIfEmpty(0).Max();
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {slow.Length} times above 50 ms, of which the longest {longest:F0} ms, all {slow.Sum():F0} ms");
        Assert.True(longest < MostMilliseconds, $"the page did not react for {longest} ms");
    }
}
