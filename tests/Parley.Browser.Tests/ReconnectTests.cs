using Parley.Browser.Tests.Support;
using Parley.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

public sealed class ReconnectTests(Chromium chromium)
{
    [Fact]
    public async Task After_a_restart_of_the_server_nothing_is_missing_or_double_while_others_talk()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var name = await ann.NameAsync();
        await ann.SayAsync("before");
        await ann.SeeAsync("before");
        await server.StopAsync();
        await ann.IsOfflineAsync();

        await server.StartAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        string[] missed = [.. Enumerable.Range(0, 250).Select(n => $"number {n}")];
        await cy.SendLinesAsync(missed);
        await cy.ReadUntilAsync("cy: number 249");
        using var enough = new CancellationTokenSource();
        var talking = TalkAsync(cy, enough.Token);
        await ann.IsOnlineAsync();
        await Expect(ann.Page.Locator("#history-state")).Not.ToHaveTextAsync("Loading…");
        await enough.CancelAsync();
        var live = await talking;
        await ann.SayAsync("after");
        await ann.SeeAsync("after");

        var seen = await ann.ScrollUpToAsync("before");
        string[] expected = ["before", .. missed, .. Enumerable.Range(0, live).Select(n => $"cy {n}"), "after"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Equal(name, await ann.NameAsync());
        ann.HasNoFaults("WebSocket connection");
    }

    [Fact]
    public async Task What_was_missed_without_a_connection_has_a_line_where_it_begins_and_a_way_to_it()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await using var ann = await ChatPage.NewAsync(chromium);
        var wire = await Wire.OfAsync(ann);
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await ann.SayAsync("before");
        await ann.SeeAsync("before");

        // An absence in which nothing was said leaves no line. What is said before the page has asked what it missed would be missed, too.
        await wire.CutAsync();
        await ann.IsOfflineAsync();
        var history = wire.PassesAsync(" chathistory #main");
        wire.Mend();
        await ann.IsOnlineAsync();
        await history;
        await cy.SendLineAsync("heard");
        await ann.SeeAsync("heard");
        await Expect(ann.Page.Locator(".row-new")).ToHaveCountAsync(0);

        await wire.CutAsync();
        await ann.IsOfflineAsync();
        await cy.SendLinesAsync([.. Enumerable.Range(0, 60).Select(n => $"number {n}")]);
        await cy.ReadUntilAsync("cy: number 59");
        wire.Mend();
        await ann.IsOnlineAsync();
        await ann.SeeAsync("number 59");

        var jump = ann.Page.Locator("#unread-jump");
        await Expect(jump).ToContainTextAsync("60 new since");
        await jump.ClickAsync();
        await Expect(ann.Page.Locator(".row-new")).ToBeInViewportAsync();
        await Expect(ann.Messages.GetByText("number 0", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(ann.Page.Locator("#unread-bar")).ToBeHiddenAsync();
        ann.HasNoFaults("WebSocket connection");
    }

    [Fact]
    public async Task What_is_said_without_a_connection_is_sent_when_there_is_one_in_order_and_once()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await server.StopAsync();
        await ann.IsOfflineAsync();
        await ann.SayAsync("is anybody there?");
        await ann.SayAsync("hello?");
        await Expect(ann.Page.Locator(".message-state")).ToContainTextAsync(["Waiting for a connection.", "Waiting for a connection."]);

        await server.StartAsync();
        await ann.IsOnlineAsync();
        await ann.SayAsync("there you are");
        await ann.SeeAsync("there you are");

        await Expect(ann.Messages).ToHaveTextAsync(["is anybody there?", "hello?", "there you are"]);
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await Expect(bob.Messages).ToHaveTextAsync(["is anybody there?", "hello?", "there you are"]);
        ann.HasNoFaults("WebSocket connection");
    }

    [Fact]
    public async Task What_several_people_say_while_the_connection_is_away_and_comes_back_is_all_there_once()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        var wire = await Wire.OfAsync(ann);
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await ann.SayAsync("before");
        await ann.SeeAsync("before");
        string[] names = ["bo", "cy", "di"];
        var people = await Task.WhenAll(names.Select(server.EnterLinesAsync));
        using var enough = new CancellationTokenSource();
        var talking = people.Select(each => TalkAsync(each, enough.Token)).ToList();

        for (var round = 0; round < 3; round++)
        {
            await wire.CutAsync();
            await ann.IsOfflineAsync();
            wire.Mend();
            await ann.IsOnlineAsync();
        }

        await enough.CancelAsync();
        var counts = await Task.WhenAll(talking);
        await ann.SayAsync("after");
        await ann.SeeAsync("after");
        await Expect(ann.Page.Locator("#history-state")).Not.ToHaveTextAsync("Loading…");

        var seen = await ann.ScrollUpToAsync("before");
        var said = people.SelectMany((each, at) => Enumerable.Range(0, counts[at]).Select(n => $"{each.Name} {n}"));
        Assert.Equal([.. said.Append("before").Append("after").Order(StringComparer.Ordinal)], [.. seen.Order(StringComparer.Ordinal)]);
        ann.HasNoFaults("WebSocket connection");
        foreach (var each in people)
        {
            await each.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_was_on_its_way_when_the_connection_was_lost_is_said_once_whichever_way_it_was_lost()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        await using var ann = await ChatPage.NewAsync(chromium);
        var wire = await Wire.OfAsync(ann);
        await ann.Page.GotoAsync(server.Address.ToString());
        await Expect(ann.Room).ToHaveTextAsync("#main");
        var name = await ann.NameAsync();

        // The server has it, and cannot say so any more.
        wire.LosesReceived = true;
        await ann.SayAsync("heard");
        await cy.ReadUntilAsync($"{name}: heard");
        await wire.CutAsync();
        wire.Mend();
        await ann.IsOnlineAsync();
        await ann.SeeAsync("heard");
        await Expect(ann.Page.Locator(".is-sending, .is-unsure, .is-failed")).ToHaveCountAsync(0);

        // The server never had it.
        wire.LosesSent = true;
        await ann.SayAsync("lost");
        await Expect(ann.Page.Locator(".is-sending")).ToHaveCountAsync(1);
        await wire.CutAsync();
        wire.Mend();
        await cy.ReadUntilAsync($"{name}: lost");

        await Expect(ann.Messages).ToHaveTextAsync(["heard", "lost"]);
        ann.HasNoFaults("WebSocket connection");
    }

    [Fact]
    public async Task What_is_said_in_the_moment_that_the_server_stops_is_said_once()
    {
        const int rounds = 4;
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        for (var round = 0; round < rounds; round++)
        {
            await ann.SayAsync($"in the moment {round}");
            await server.StopAsync();
            await ann.IsOfflineAsync();
            await server.StartAsync();
            await ann.IsOnlineAsync();
            await Expect(ann.Page.Locator(".is-sending, .is-unsure, .is-waiting, .is-failed")).ToHaveCountAsync(0);
            await ann.SeeAsync($"in the moment {round}");
        }

        await using var bob = await ChatPage.OpenAsync(chromium, server);
        string[] said = [.. Enumerable.Range(0, rounds).Select(round => $"in the moment {round}")];
        await Expect(ann.Messages).ToHaveTextAsync(said);
        await Expect(bob.Messages).ToHaveTextAsync(said);
        ann.HasNoFaults("WebSocket connection", "ERR_CONNECTION_REFUSED");
    }

    /// <summary>Says one thing after another, until it is enough, or as much as a page fills in after a lost connection; how many it were.</summary>
    private static async Task<int> TalkAsync(ScriptedClient client, CancellationToken enough)
    {
        const int most = 400;
        var count = 0;
        do
        {
            await client.SendLineAsync($"{client.Name} {count}");
            await client.ReadUntilAsync($"{client.Name}: {client.Name} {count}");
            count++;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
        while (!enough.IsCancellationRequested && count < most);
        return count;
    }
}
