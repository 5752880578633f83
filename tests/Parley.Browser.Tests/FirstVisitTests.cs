using Microsoft.Playwright;
using Parley.Browser.Tests.Support;

namespace Parley.Browser.Tests;

public sealed class FirstVisitTests(Chromium chromium)
{
    [Fact]
    public async Task A_newcomer_has_a_name_is_in_a_room_and_has_said_something()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var visitor = await ChatPage.OpenAsync(chromium, server);

        Assert.Matches("^[A-Z][a-z]+[A-Z][a-z]+$", await visitor.NameAsync());
        await visitor.SayAsync("hello");
        await visitor.SeeAsync("hello");
        var time = TimeSpan.FromMilliseconds(await visitor.Page.EvaluateAsync<double>("performance.now()"));
        TestContext.Current.TestOutputHelper?.WriteLine($"First visit to first message: {time.TotalMilliseconds:F0} ms by the page's own clock");
        visitor.HasNoFaults();
    }

    [Fact]
    public async Task On_a_line_of_200_kB_a_second_the_first_message_is_said_after_less_than_a_second_of_bytes()
    {
        const int bytesPerSecond = 200_000;
        await using var server = await PageServer.StartNewAsync();
        await using var line = new SlowLine(server.Address, bytesPerSecond);
        // What is kept for the next visit begins to be fetched when this one can chat, and does not count.
        await using var visitor = await ChatPage.NewAsync(chromium, new() { ServiceWorkers = ServiceWorkerPolicy.Block });
        await visitor.Page.GotoAsync(line.Address.ToString());
        await visitor.SayAsync("hello");
        await visitor.SeeAsync("hello");
        var time = TimeSpan.FromMilliseconds(await visitor.Page.EvaluateAsync<double>("performance.now()"));
        TestContext.Current.TestOutputHelper?.WriteLine($"First visit to first message at 200 kB/s: {time.TotalMilliseconds:F0} ms, {line.Carried / 1000} kB");

        Assert.InRange(line.Carried, 50_000, bytesPerSecond * 0.85);
        visitor.HasNoFaults();
    }

    [Fact]
    public async Task The_name_and_the_rooms_are_the_same_on_the_next_visit()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var visitor = await ChatPage.OpenAsync(chromium, server);
        await visitor.SayAsync("/nick Marigold");
        await Assertions.Expect(visitor.Page.Locator("#self-name")).ToHaveTextAsync("Marigold");
        await visitor.SayAsync("/join #garden");
        await Assertions.Expect(visitor.Room).ToHaveTextAsync("#garden");

        await visitor.Page.ReloadAsync();

        await visitor.IsOnlineAsync();
        await Assertions.Expect(visitor.Page.Locator("#self-name")).ToHaveTextAsync("Marigold");
        await Assertions.Expect(visitor.Page.Locator("#rooms .room-name")).ToHaveTextAsync(["garden", "main"]);
        visitor.HasNoFaults();
    }

    [Fact]
    public async Task The_page_opens_without_a_network_and_says_that_it_is_not_connected()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var visitor = await ChatPage.OpenAsync(chromium, server);
        await visitor.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await server.StopAsync();

        await visitor.Page.ReloadAsync();

        await visitor.IsOfflineAsync();
        visitor.HasNoFaults("WebSocket connection", "ERR_CONNECTION_REFUSED");
    }
}
