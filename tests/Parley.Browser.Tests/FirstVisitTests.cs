using System.Collections.Concurrent;
using Microsoft.Playwright;
using Parley.Browser.Tests.Support;

namespace Parley.Browser.Tests;

public sealed class FirstVisitTests(Chromium chromium)
{
    private const string Rest = "/ui/rest.js";

    [Fact]
    public async Task A_newcomer_has_a_name_is_in_a_room_and_has_said_something()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var visitor = await ChatPage.OpenAsync(chromium, server);

        Assert.Matches("^[A-Z][a-z]+[A-Z][a-z]+$", await visitor.NameAsync());
        await visitor.SayAsync("hello");
        await visitor.SeeAsync("hello");
        visitor.HasNoFaults();
    }

    [Fact]
    public async Task The_first_message_takes_few_requests_and_less_than_a_second_of_a_line_of_200_kB_a_second()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var line = new SlowLine(server.Address, 200_000);
        await using var visitor = await ChatPage.NewAsync(chromium);
        var rest = await HoldRestAsync(visitor);
        ConcurrentQueue<string> requests = [];
        visitor.Page.Request += (_, request) => requests.Enqueue(request.Url);
        await visitor.Page.GotoAsync(line.Address.ToString());

        await visitor.SayAsync("hello");
        await visitor.SeeAsync("hello");

        Assert.InRange(requests.Count, 10, 92);
        Assert.InRange(line.Carried, 50_000, 140_000);

        // No module is learned of only when another is there, and none is fetched for nothing.
        var preloaded = await visitor.Page.Locator("link[rel=modulepreload]").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        Assert.Equal(preloaded.Order(StringComparer.Ordinal), requests.Where(url => url.EndsWith(".js", StringComparison.Ordinal) && !url.EndsWith(Rest, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        rest.SetResult();
        await visitor.IsOnlineAsync();
        visitor.HasNoFaults();
    }

    [Fact]
    public async Task What_is_begun_before_all_of_the_page_is_there_is_done_when_it_is()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var visitor = await ChatPage.NewAsync(chromium);
        var rest = await HoldRestAsync(visitor);
        await visitor.Page.GotoAsync(server.Address.ToString());
        await visitor.SayAsync("/topic Tea");
        await visitor.Input.FillAsync("/topi");
        await visitor.Input.PressAsync("Tab");
        await visitor.Page.Locator("#self-name").ClickAsync(new() { Button = MouseButton.Right });
        await visitor.Page.Locator("#room-menu").ClickAsync();
        await visitor.Page.Keyboard.PressAsync("Control+k");

        // These are for a dialog that is not there yet, and would else be said in the room.
        await visitor.Page.Keyboard.TypeAsync("lost");
        rest.SetResult();

        await Assertions.Expect(visitor.Page.Locator("dialog[open] input")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("#garden");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Room).ToHaveTextAsync("#garden");
        await visitor.Page.Locator("#rooms [data-room='#main']").ClickAsync();
        await Assertions.Expect(visitor.Input).ToHaveValueAsync("/topic ");
        await Assertions.Expect(visitor.Page.Locator("#topic")).ToHaveTextAsync("Tea");
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
        await using var visitor = await ChatPage.OpenAsync(chromium, server, isKept: true);
        await visitor.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await server.StopAsync();

        await visitor.Page.ReloadAsync();

        await visitor.IsOfflineAsync();
        visitor.HasNoFaults("WebSocket connection", "ERR_CONNECTION_REFUSED");
    }

    /// <summary>Holds back what the first message does not need, until the task is done.</summary>
    private static async Task<TaskCompletionSource> HoldRestAsync(ChatPage visitor)
    {
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visitor.Page.RouteAsync("**" + Rest, async route =>
        {
            await rest.Task;
            await route.ContinueAsync();
        });
        return rest;
    }
}
